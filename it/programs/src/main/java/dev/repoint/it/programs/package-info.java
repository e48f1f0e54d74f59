/// The witness: what `objdump` and `readelf` see of a file, compared with the sites that Repoint collected in
/// it. It uses no code of Repoint.
@NullMarked
package dev.repoint.it.programs;

import org.jspecify.annotations.NullMarked;
