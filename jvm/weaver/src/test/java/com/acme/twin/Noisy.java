package com.acme.twin;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/// Classes that are seen to be initialised.
public class Noisy {

    /// What was initialised, in order.
    public static final List<String> LOG = new ArrayList<>();

    private Noisy() {}

    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /// With a static field.
    public static class WithField {
        private static String state = "x";

        static {
            LOG.add("WithField");
        }

        private WithField() {}

        public static int run() {
            return LOG.size();
        }
    }

    /// Without one.
    public static class WithoutField {
        static {
            LOG.add("WithoutField");
        }

        public static int run() {
            return LOG.size();
        }
    }

    /// With nothing of its own to initialise.
    public static class Below extends WithoutField {
        public static int below() {
            return LOG.size();
        }
    }
}
