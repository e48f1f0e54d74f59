package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairsTest {

    @Test
    void everyPairThatIsPossibleIsInTheChoice() {
        List<Build> all = Build.all();
        List<Build> chosen = Pairs.cover(all);
        Set<List<String>> possible = new HashSet<>();
        all.forEach(build -> possible.addAll(Pairs.pairs(build)));
        Set<List<String>> covered = new HashSet<>();
        chosen.forEach(build -> covered.addAll(Pairs.pairs(build)));
        assertThat(covered).isEqualTo(possible);
        assertThat(chosen).doesNotHaveDuplicates().hasSizeLessThan(all.size() / 20);
        assertThat(possible).contains(List.of("aarch64-clang", "gold"), List.of("hidden", "no-sections"));
    }
}
