/// What start-up costs with an agent, and without.
@NullMarked
package dev.repoint.bench.startup;

import org.jspecify.annotations.NullMarked;
