package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.CodeElement;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.List;

/// The uses of fields in one body, as judged by a [FieldJudge].
final class FieldSearch {

    private final Key in;
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int growthInPlace;
    private int growthAnyway;
    private int line = -1;

    /// Reads a body once.
    ///
    /// @param in the method of the body
    FieldSearch(Key in, CodeAttribute body, FieldJudge judge) {
        this.in = in;
        for (CodeElement element : body) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            FieldVerdict verdict = judge.judge(element);
            if (verdict instanceof FieldVerdict.Read read) {
                add(read.ref(), FieldJudge.READ, FieldsInPlace.growth(read.ref()));
            } else if (verdict instanceof FieldVerdict.Assign assign) {
                add(assign.ref(), FieldJudge.ASSIGNMENT, FieldsInPlace.growth(body.maxLocals()));
            } else if (verdict instanceof FieldVerdict.Reflect) {
                growthAnyway += ReflectiveWrites.growth(body.maxLocals());
            } else if (verdict instanceof FieldVerdict.Refuse refused) {
                refuse(refused);
            }
        }
    }

    /// The uses that will be patched.
    List<Site> sites() {
        return sites;
    }

    /// Whether the body assigns fields by reflection.
    boolean reflects() {
        return growthAnyway > 0;
    }

    /// The uses that cannot be patched.
    List<Rejection> rejections() {
        return rejections;
    }

    /// The number of bytes that the patches add. A call of a bridge is as long as the original instruction.
    int growth(Phase phase) {
        return growthAnyway + (phase == Phase.LOAD ? 0 : growthInPlace);
    }

    private void add(FieldRef ref, String kind, int growth) {
        sites.add(new Site(ref.key(), kind, in, line));
        growthInPlace += growth;
    }

    private void refuse(FieldVerdict.Refuse refused) {
        boolean read = refused.kind().equals(FieldJudge.READ);
        String effect = read ? "" : "; its readers do not see this assignment";
        rejections.add(new Rejection(refused.ref().key(), refused.reason() + effect + place()));
    }

    private String place() {
        return " (in " + in.text() + (line < 0 ? ")" : ", line " + line + ")");
    }
}
