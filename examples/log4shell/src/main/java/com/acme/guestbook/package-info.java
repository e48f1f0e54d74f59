/// A guest book with the hole of December 2021, and somebody who uses the hole.
@org.jspecify.annotations.NullMarked
package com.acme.guestbook;
