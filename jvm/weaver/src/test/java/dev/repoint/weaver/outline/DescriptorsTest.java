package dev.repoint.weaver.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.weaver.WeaveException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"()V", "(I[[JLa/B;)[Ljava/lang/Object;", "(ZBCSIJFD)D"})
    void aDescriptorPasses(String descriptor) {
        assertThat(Descriptors.checked(descriptor)).isEqualTo(descriptor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "(", "()", "()VV", "V", "(V)V", "(La)V", "(L;)V", "([)V", "(I", "()[V", "()La", "(I)II", "(X)V"
            })
    void anythingElseIsRefusedAndNamed(String text) {
        assertThatThrownBy(() -> Descriptors.checked(text))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
