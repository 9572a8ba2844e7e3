package org.bursar.chathistory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bursar.chathistory.MessageRole;
import org.bursar.chathistory.NewMessage;
import org.bursar.chathistory.Threads;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** What is refused before it reaches the database, and how a message is shortened. */
final class NewMessageTest {
    private static void refused(String pointer, MessageRole role, String content, String metadata) {
        assertThatThrownBy(() -> NewMessage.of(role, content, null, metadata))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().errors())
                                .extracting(FieldError::pointer)
                                .containsExactly(pointer));
    }

    @Test
    void whatPostgresqlCannotKeepIsRefusedAtItsField() {
        refused("/role", null, "Hello", null);
        refused("/content", MessageRole.USER, null, null);
        refused("/content", MessageRole.USER, "", null);
        refused("/content", MessageRole.USER, "a\0b", null);
        refused("/content", MessageRole.USER, "\uD83D", null);
        refused("/metadata", MessageRole.USER, "Hello", "{\"a\":\"\\u0000\"}");
        refused("/metadata", MessageRole.USER, "Hello", "{\"a\":\"" + "x".repeat(4096) + "\"}");
    }

    @Test
    void contentIsMeasuredInBytes() {
        assertThat(NewMessage.of(MessageRole.USER, "x".repeat(65_536), null, null)
                        .content())
                .hasSize(65_536);
        refused("/content", MessageRole.USER, "x".repeat(65_537), null);
        refused("/content", MessageRole.USER, "ä".repeat(32_769), null);
    }

    @Test
    void noTextOfAMessageIsInItsToString() {
        assertThat(NewMessage.of(MessageRole.USER, "secret", null, null).toString())
                .doesNotContain("secret");
    }

    @Property
    void anExcerptIsShortAndWholeWhateverIsSaid(@ForAll String content) {
        String excerpt = Excerpt.of(content);
        assertThat(excerpt.codePointCount(0, excerpt.length())).isLessThanOrEqualTo(Threads.EXCERPT_LENGTH);
        assertThat(excerpt).doesNotContain("\n");
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() {
        String excerpt = Excerpt.of("\uD83D\uDE00".repeat(300));
        assertThat(excerpt.codePointCount(0, excerpt.length())).isEqualTo(200);
        assertThat(excerpt).endsWith("\uD83D\uDE00…");
    }
}
