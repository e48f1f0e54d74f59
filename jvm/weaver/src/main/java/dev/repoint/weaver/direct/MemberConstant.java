package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.ClassView;

/// The constant of a method or field (JVMS 4.4.2).
///
/// @param owner internal name of the class in the constant, or an array type
/// @param name its name
/// @param type its descriptor
record MemberConstant(String owner, String name, String type) {

    static final int METHOD = 10;
    static final int INTERFACE_METHOD = 11;

    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;

    static MemberConstant of(ClassView view, int index) {
        int at = view.constant(index, view.tag(index));
        int nameAndType = nameAndType(view, index);
        return new MemberConstant(
                view.className(view.u2(at + 1)),
                view.utf8(view.u2(nameAndType + 1)),
                view.utf8(view.u2(nameAndType + 3)));
    }

    /// The offset of the name and type of a member, or of a dynamic constant or call.
    static int nameAndType(ClassView view, int index) {
        return view.constant(view.u2(view.constant(index, view.tag(index)) + 3), NAME_AND_TYPE);
    }

    /// The index of the member of a method handle.
    static int indexOfHandle(ClassView view, int handle) {
        return view.u2(view.constant(handle, METHOD_HANDLE) + 2);
    }

    /// The member of a method handle.
    static MemberConstant ofHandle(ClassView view, int handle) {
        return of(view, indexOfHandle(view, handle));
    }
}
