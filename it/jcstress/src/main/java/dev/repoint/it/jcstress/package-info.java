/// What threads may see while patches are made, under jcstress. `it/jcstress/run` weaves and runs them.
@org.jspecify.annotations.NullMarked
package dev.repoint.it.jcstress;
