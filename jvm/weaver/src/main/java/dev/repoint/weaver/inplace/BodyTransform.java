package dev.repoint.weaver.inplace;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.util.ArrayList;
import java.util.List;

/// Rewrites one body: an editor changes its instructions.
///
/// It copies the stack map frames of the original, and adds the frames of new labels. So it infers no types, and
/// needs no class hierarchy (JVMS 4.7.4 requires frames only at branch targets).
final class BodyTransform implements CodeTransform {

    private final CodeAttribute body;
    private final InPlaceEditor editor;
    private final List<StackMapFrameInfo> frames = new ArrayList<>();

    /// @param body the original code
    /// @param editor writes the elements; made for this body only
    BodyTransform(CodeAttribute body, InPlaceEditor editor) {
        this.body = body;
        this.editor = editor;
    }

    @Override
    public void atStart(CodeBuilder code) {
        StackMapTableAttribute original =
                body.findAttribute(Attributes.stackMapTable()).orElse(null);
        if (original != null) {
            frames.addAll(original.entries());
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
}
