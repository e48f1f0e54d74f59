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

/// Rewrites one body. It adds a prologue if there is one, passes calls and field uses to an editor, and copies all
/// other elements.
///
/// It copies the stack map frames of the original, and adds the frames of new labels. So it infers no types, and
/// needs no class hierarchy (JVMS 4.7.4 requires frames only at branch targets).
final class BodyTransform implements CodeTransform {

    /// Writes the elements of a body, changed or not.
    interface Editor {

        /// Copies all elements.
        Editor NONE = new Editor() { // no lambda: at start-up the first ones of a program cost milliseconds
                    @Override
                    public void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames) {
                        code.with(element);
                    }
                };

        /// Writes one element.
        ///
        /// @param frames receives the frames of new labels
        void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames);
    }

    private final CodeAttribute body;
    private final @Nullable EntryPatch entry;
    private final Editor editor;
    private final List<StackMapFrameInfo> frames = new ArrayList<>();

    /// @param body the original code
    /// @param entry the prologue to write, or null
    /// @param editor writes the other elements; made for this body only
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
        // In JDK 25 the library copies type annotations as bytes, with the offsets of the original. If the same
        // annotations are in a new attribute, the library writes them with their labels.
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
