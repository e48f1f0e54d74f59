package dev.repoint.weaver.splice;

import java.util.List;

/// An `invokedynamic` of woven code. All arguments of its bootstrap method are strings.
///
/// @param owner internal name of the class of its bootstrap method
/// @param bootstrap name of this method
/// @param bootstrapType its descriptor
/// @param name the name in the call
/// @param type the descriptor in the call
/// @param arguments the arguments after the three that each bootstrap method has
public record DynamicCall(
        String owner, String bootstrap, String bootstrapType, String name, String type, List<String> arguments) {}
