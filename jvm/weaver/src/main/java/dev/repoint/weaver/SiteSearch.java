package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.CodeElement;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.List;

/// The sites of one body, as judged by a [SiteJudge].
final class SiteSearch {

    private final Key in;
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int growthInPlace;
    private int growthByBridges;
    private int line = -1;

    /// Reads a body once.
    ///
    /// @param in the method of the body
    SiteSearch(Key in, CodeAttribute body, SiteJudge judge) {
        this.in = in;
        int maxLocals = body.maxLocals();
        for (CodeElement element : body) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            SiteVerdict verdict = judge.judge(element);
            if (verdict instanceof SiteVerdict.Call call) {
                sites.add(new Site(call.ref().key(), call.kind(), in, line));
                growthInPlace += InPlaceEditor.growth(call, maxLocals);
            } else if (verdict instanceof SiteVerdict.Reference reference) {
                sites.add(new Site(reference.ref().key(), SiteJudge.METHOD_REFERENCE, in, line));
                growthByBridges += BridgeEditor.REFERENCE_GROWTH;
            } else if (verdict instanceof SiteVerdict.Refuse refused) {
                refuse(refused);
            }
        }
    }

    /// The sites that will be patched.
    List<Site> sites() {
        return sites;
    }

    /// The sites that cannot be patched.
    List<Rejection> rejections() {
        return rejections;
    }

    /// The number of bytes that the patches add, in place or with bridges.
    int growth(Phase phase) {
        return phase == Phase.LOAD ? growthByBridges : growthInPlace;
    }

    private void refuse(SiteVerdict.Refuse refused) {
        for (SiteRef ref : refused.refs()) {
            boolean everywhere = ref.refusal() != null;
            rejections.add(new Rejection(ref.key(), everywhere ? refused.reason() : refused.reason() + place()));
        }
    }

    private String place() {
        return " (in " + in.text() + (line < 0 ? ")" : ", line " + line + ")");
    }
}
