/// What users compile against, as a list that is compared with the one of the last change.
@org.jspecify.annotations.NullMarked
package dev.repoint.it.api;
