package dev.repoint.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(new PrintWriter(text));

    @Test
    void objectsAndArraysAreIndented() {
        json.object()
                .name("a")
                .value(1)
                .name("b")
                .array()
                .value("x")
                .object()
                .endObject()
                .endArray();
        json.name("c").array().endArray().endObject().end();

        assertThat(text.toString()).isEqualTo("""
            {
              "a": 1,
              "b": [
                "x",
                {}
              ],
              "c": []
            }
            """);
    }

    @Test
    void everyCharacterComesBackAsItWas() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xffff; c++) {
            all.append((char) c);
        }
        json.object().name("key \"\\\n").value(all.toString()).endObject().end();

        JsonObject read = JsonParser.parseString(text.toString()).getAsJsonObject();
        assertThat(read.get("key \"\\\n").getAsString()).isEqualTo(all.toString());
        assertThat(text.toString().chars()).allMatch(c -> c == '\n' || c >= ' ' && c < 127);
    }

    @Test
    void numbersKeepTheirSize() {
        json.array()
                .value(Long.MIN_VALUE)
                .value(-1)
                .value(Long.MAX_VALUE)
                .endArray()
                .end();

        assertThat(JsonParser.parseString(text.toString()).getAsJsonArray())
                .extracting(element -> element.getAsLong())
                .containsExactly(Long.MIN_VALUE, -1L, Long.MAX_VALUE);
    }
}
