#include "tests/image/shell.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/real.h"

#define ASK_MS 1000 /* until it is asked again, then twice as long each time */
#define ASK_MOST_MS 16000
#define POLITE 4 /* times it is asked without an interrupt, which ends a shell that is starting */
#define SETTLE_MS 10000
#define LINE_BYTES 4000 /* a terminal that edits lines loses what is beyond 4095 (termios(3)) */
#define INTERRUPT "\x03"

/* Every mark is another one, so that none of before is taken for it. */
static unsigned last_mark;

/*
 * The mark is put together by the shell: the line's echo doesn't have it. Output translation off:
 * lines end as the command ended them.
 */
static enum rc ask(struct console *console, const char *before, unsigned mark,
                   struct reason *reason)
{
    char line[160];
    snprintf(line, sizeof line,
             "%sstty -echo -onlcr; PS1=; PS2=; printf '\\nperron-%%s-%%u\\n' found %u\n", before,
             mark);
    return console_send(console, line, strlen(line), reason);
}

enum rc shell_find(struct console *console, int limit_ms, struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    unsigned mark = ++last_mark;
    int asked = 0, wait_ms = ASK_MS;
    char answer[64];
    enum rc rc;
    snprintf(answer, sizeof answer, "\nperron-found-%u\n", mark);
    do {
        int64_t left_ms = until_ms - real_ms();
        rc = ask(console, asked++ < POLITE ? "\n" : INTERRUPT "\n\n", mark, reason);
        if (rc)
            return rc;
        rc = console_expect(console, answer, left_ms < wait_ms ? (int)left_ms : wait_ms, reason);
        wait_ms = 2 * wait_ms < ASK_MOST_MS ? 2 * wait_ms : ASK_MOST_MS;
    } while (rc == RC_TIMEOUT && real_ms() < until_ms);
    if (rc)
        return rc;
    /* it may have been asked several times: the last answer is another one */
    mark = ++last_mark;
    snprintf(answer, sizeof answer, "\nperron-found-%u\n", mark);
    rc = ask(console, "", mark, reason);
    return rc ? rc : console_expect(console, answer, SETTLE_MS, reason);
}

/* 'it'\''s': whole for a shell. False: it doesn't fit. */
static bool quote(const char *text, char *out_quoted, size_t size)
{
    size_t used = 0;
    for (; *text && used + 6 < size; text++) {
        if (*text == '\'') {
            memcpy(out_quoted + used, "'\\''", 4);
            used += 4;
        } else {
            out_quoted[used++] = *text;
        }
    }
    out_quoted[used] = 0;
    return !*text;
}

static void cut_line_ends(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        text[--length] = 0;
}

/* Reads "N\n" behind the mark. */
static enum rc read_code(struct console *console, int limit_ms, int *out_code,
                         struct reason *reason)
{
    char *code = NULL;
    enum rc rc = console_read_until(console, "\n", limit_ms, &code, reason);
    if (!rc)
        *out_code = atoi(code);
    free(code);
    return rc;
}

/* What comes before the first mark is left over from a command that was given up. */
static enum rc read_answer(struct console *console, unsigned mark, int limit_ms,
                           struct shell_answer *out_answer, struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    char begin[64], end[64];
    struct shell_answer answer = {NULL, 0};
    snprintf(begin, sizeof begin, "\nperron-begin-%u\n", mark);
    snprintf(end, sizeof end, "\nperron-end-%u ", mark);
    enum rc rc = console_expect(console, begin, limit_ms, reason);
    if (!rc)
        rc = console_read_until(console, end, (int)(until_ms - real_ms()), &answer.output, reason);
    if (!rc)
        rc = read_code(console, SETTLE_MS, &answer.code, reason);
    if (rc) {
        free(answer.output);
        return rc;
    }
    cut_line_ends(answer.output);
    *out_answer = answer;
    return RC_OK;
}

enum rc shell_run(struct console *console, const char *command, int limit_ms,
                  struct shell_answer *out_answer, struct reason *reason)
{
    char quoted[LINE_BYTES - 160], line[LINE_BYTES];
    unsigned mark = ++last_mark;
    if (strlen(command) > SHELL_COMMAND_MAX || !quote(command, quoted, sizeof quoted)) {
        reason_set(reason, "a command may have %d bytes, quoted for a shell %zu", SHELL_COMMAND_MAX,
                   sizeof quoted);
        return RC_LIMIT;
    }
    snprintf(line, sizeof line,
             "printf '\\nperron-%%s-%%u\\n' begin %u; sh -c '%s' </dev/null 2>&1; "
             "printf '\\nperron-%%s-%%u %%d\\n' end %u $?\n",
             mark, quoted, mark);
    console_skip(console);
    enum rc rc = console_send(console, line, strlen(line), reason);
    if (!rc)
        rc = read_answer(console, mark, limit_ms, out_answer, reason);
    if (rc == RC_TIMEOUT) {
        struct reason more;
        reason_set(reason, "'%.100s' did not end within %d ms", command, limit_ms);
        enum rc interrupted = console_send(console, INTERRUPT, 1, &more);
        (void)interrupted; /* whoever looks for a shell next sees whether it helped */
    }
    return rc;
}

enum rc shell_do(struct console *console, const char *command, int limit_ms, struct reason *reason)
{
    struct shell_answer answer;
    enum rc rc = shell_run(console, command, limit_ms, &answer, reason);
    if (rc)
        return rc;
    if (answer.code) {
        reason_set(reason, "'%.100s' ended with %d: %.200s", command, answer.code, answer.output);
        rc = RC_REFUSED;
    }
    free(answer.output);
    return rc;
}
