package dev.repoint.weaver.rules;

import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;

/// A method as read from the bytes of its class file.
public record ViewFacts(ClassView view, MethodView method) implements MethodFacts {

    @Override
    public String owner() {
        return view.name();
    }

    @Override
    public int majorVersion() {
        return view.majorVersion();
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public String descriptor() {
        return method.descriptor();
    }

    @Override
    public int flags() {
        return method.flags();
    }

    @Override
    public int codeLength() {
        return method.codeLength();
    }

    @Override
    public int parameterSlots() {
        return method.parameterSlots();
    }

    @Override
    public int padding() {
        return method.alignment() - 1;
    }

    @Override
    public String unknownAttribute() {
        return method.unknownAttribute();
    }

    @Override
    public boolean carries(String annotation) {
        return method.carries(annotation);
    }

    @Override
    public boolean hasSibling(String name, String descriptor) {
        return view.declares(name, descriptor);
    }
}
