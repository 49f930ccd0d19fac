#include "tests/image/steps.h"

#include <string.h>

#include "tests/support/real.h"

#define NAME_COLUMNS 52

struct tally {
    int passed, failed;
};

/* Characters, not bytes: what is in a column of its own must begin below the others. */
static int columns_of(const char *text)
{
    int columns = 0;
    for (; *text; text++)
        columns += ((unsigned char)*text & 0xC0) != 0x80;
    return columns;
}

static void tell(FILE *out, const char *name, double seconds, const char *word, const char *said)
{
    int gap = NAME_COLUMNS - columns_of(name);
    fprintf(out, "  %s%*s %7.1f s  %-7s%s%s\n", name, gap > 0 ? gap : 0, "", seconds, word,
            *said ? " " : "", said);
    fflush(out); /* whoever watches sees each step as it ends */
}

/* Line ends of what was quoted would tear the table. */
static void on_one_line(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ')
            *text = ' ';
}

static bool run(const struct steps *steps, const struct step *step, FILE *out)
{
    struct reason said = {.text = ""};
    int64_t begin_ms = real_ms();
    enum rc rc = step->run(steps->context, &said);
    if (rc && !said.text[0])
        snprintf(said.text, sizeof said.text, "%s", rc_text(rc));
    on_one_line(said.text);
    tell(out, step->name, (double)(real_ms() - begin_ms) / 1000, rc ? "FAILED" : "ok", said.text);
    if (rc && steps->failed)
        steps->failed(steps->context, step->name);
    return rc == RC_OK;
}

static bool is_wanted(const struct steps *steps, const struct step *step)
{
    if (steps->is_short && step->kind == STEP_LONG)
        return false;
    return !steps->only || step->kind == STEP_FATAL || strstr(step->name, steps->only);
}

int steps_run(const struct steps *steps)
{
    FILE *out = steps->out ? steps->out : stdout;
    struct tally tally = {0, 0};
    bool is_over = false;
    for (int i = 0; i < steps->count; i++) {
        const struct step *step = &steps->rows[i];
        if (!is_wanted(steps, step))
            continue;
        if (is_over) {
            tell(out, step->name, 0, "FAILED", "not tried");
            tally.failed++;
        } else if (run(steps, step, out)) {
            tally.passed++;
        } else {
            tally.failed++;
            is_over = step->kind == STEP_FATAL;
        }
    }
    fprintf(out, "%d passed, %d failed\n", tally.passed, tally.failed);
    fflush(out);
    return tally.failed || !tally.passed;
}
