package dev.repoint.weaver;

import java.lang.classfile.AttributeMapper;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.BufWriter;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassReader;
import java.lang.classfile.CustomAttribute;

/// The class attribute of a woven class, with the format of weaving: `dev.repoint.Woven`, two bytes.
///
/// The Java virtual machine ignores unknown attributes (JVMS 4.7.1).
final class WovenMark extends CustomAttribute<WovenMark> {

    /// The format of this weaver.
    static final int FORMAT = 2;

    /// The name of the attribute.
    static final String NAME = "dev.repoint.Woven";

    static final Mapper MAPPER = new Mapper();

    private final int format;

    WovenMark(int format) {
        super(MAPPER);
        this.format = format;
    }

    /// The format of a woven class, or 0 if it is not woven.
    ///
    /// @param model a class that was parsed with [#MAPPER]
    static int formatOf(ClassModel model) {
        WovenMark mark = model.findAttribute(MAPPER).orElse(null);
        return mark == null ? 0 : mark.format;
    }

    /// Refuses a class with another format.
    ///
    /// @param format the format of the class; 0 if it is not woven
    /// @throws WeaveException if it was woven in another format
    static void requireSameFormat(int format) {
        if (format > FORMAT) {
            throw new WeaveException("the class has been woven by a later Repoint (format " + format
                    + "; this one knows " + FORMAT + "): weave the original class, or update Repoint");
        }
        if (format != 0 && format != FORMAT) {
            throw new WeaveException("the class has been woven by an earlier Repoint (format " + format
                    + "; this one knows " + FORMAT + "): weave the original class");
        }
    }

    static final class Mapper implements AttributeMapper<WovenMark> {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public WovenMark readAttribute(AttributedElement enclosing, ClassReader reader, int position) {
            return new WovenMark(reader.readU2(position));
        }

        @Override
        public void writeAttribute(BufWriter to, WovenMark mark) {
            to.writeIndex(to.constantPool().utf8Entry(NAME));
            to.writeInt(2);
            to.writeU2(mark.format);
        }

        @Override
        public AttributeStability stability() {
            return AttributeStability.STATELESS;
        }
    }
}
