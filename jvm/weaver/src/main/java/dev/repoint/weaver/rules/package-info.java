/// What may be woven: methods, fields and their uses, and the reason where one may not. Recognises what is woven.
@NullMarked
package dev.repoint.weaver.rules;

import org.jspecify.annotations.NullMarked;
