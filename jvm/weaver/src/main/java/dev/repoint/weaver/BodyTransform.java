package dev.repoint.weaver;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.LineNumberTableAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rewrites one body: a prologue in front if it is to have one, its calls by an editor, all else as it was.
///
/// The stack map frames of the original are passed on, with those of the new labels added. So nothing is
/// inferred, and nobody has to know the class hierarchy (JVMS 4.7.4 has frames only where branches go).
final class BodyTransform implements CodeTransform {

    /// Writes elements of a body, changed or not.
    interface Editor {

        /// Passes everything on.
        Editor NONE = new Editor() { // no lambda: at start-up the first ones of a program cost milliseconds
                    @Override
                    public void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames) {
                        code.with(element);
                    }
                };

        /// Writes one element.
        ///
        /// @param frames where the frames of new labels go
        void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames);
    }

    private final CodeAttribute body;
    private final @Nullable EntryPatch entry;
    private final Editor editor;
    private final List<StackMapFrameInfo> frames = new ArrayList<>();

    /// @param body the original code
    /// @param entry the prologue to write, or null
    /// @param editor what becomes of the rest; made for this body alone
    BodyTransform(CodeAttribute body, @Nullable EntryPatch entry, Editor editor) {
        this.body = body;
        this.entry = entry;
        this.editor = editor;
    }

    @Override
    public void atStart(CodeBuilder code) {
        StackMapTableAttribute original =
                body.findAttribute(Attributes.stackMapTable()).orElse(null);
        if (original != null) {
            frames.addAll(original.entries());
        }
        if (entry != null) {
            int line = firstLine();
            if (line > 0) {
                code.lineNumber(line);
            }
            frames.add(entry.write(code));
        }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        // In JDK 25 the library copies type annotations as bytes, with the offsets of the original; the same
        // annotations in a new attribute are written with their labels.
        if (element instanceof RuntimeVisibleTypeAnnotationsAttribute types) {
            code.with(RuntimeVisibleTypeAnnotationsAttribute.of(types.annotations()));
        } else if (element instanceof RuntimeInvisibleTypeAnnotationsAttribute types) {
            code.with(RuntimeInvisibleTypeAnnotationsAttribute.of(types.annotations()));
        } else {
            editor.edit(code, element, frames);
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        if (!frames.isEmpty()) {
            code.with(StackMapTableAttribute.of(frames));
        }
    }

    private int firstLine() {
        LineNumberTableAttribute lines =
                body.findAttribute(Attributes.lineNumberTable()).orElse(null);
        if (lines == null) {
            return -1;
        }
        int first = -1;
        int start = Integer.MAX_VALUE;
        for (LineNumberInfo info : lines.lineNumbers()) {
            if (info.startPc() < start) {
                start = info.startPc();
                first = info.lineNumber();
            }
        }
        return first;
    }
}
