/* intake_tell.c - what a plan comes to, as data to be shown, and as a digest to know it again. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/intake_i.h"
#include "firmware/base/utf8.h"

const char *intake_verdict_name(enum intake_verdict verdict)
{
    static const char *const names[INTAKE_VERDICT_COUNT] = {
        [INTAKE_REFUSED] = "refused",   [INTAKE_CANCELLED] = "cancelled",
        [INTAKE_VANISHED] = "vanished", [INTAKE_ENDED] = "ended",
        [INTAKE_CHANGED] = "changed",   [INTAKE_NEW] = "new",
        [INTAKE_SAME] = "same",
    };
    assert((unsigned)verdict < INTAKE_VERDICT_COUNT);
    return names[verdict];
}

static void digest(struct intake_telling *telling, const void *bytes, size_t length)
{
    const struct hash_part parts[] = {{telling->digest, sizeof telling->digest}, {bytes, length}};
    hash_parts(NULL, parts, 2, telling->digest, sizeof telling->digest);
}

void intake_begin_row(struct intake_row *row, enum intake_verdict verdict, int line)
{
    memset(row, 0, sizeof *row);
    row->verdict = verdict;
    row->line = line;
}

void intake_say(char *out_text, size_t size, const char *text)
{
    size_t length = utf8_cut(text, size - 1);
    memcpy(out_text, text, length);
    out_text[length] = 0;
}

void intake_add_change(struct intake_row *row, const char *name)
{
    if (row->change_count < INTAKE_CHANGES_MAX)
        row->changes[row->change_count++] = name;
}

void intake_tell_row(struct intake_telling *telling, const struct intake_row *row)
{
    struct intake_preview *preview = telling->preview;
    digest(telling, row, sizeof *row);
    if (preview->row_count < INTAKE_ROWS_MAX)
        preview->rows[preview->row_count++] = *row;
    else
        preview->rows_beyond++;
}

void intake_copy_reason(struct reason *out_copy, const struct reason *reason)
{
    *out_copy = (struct reason){.saying = reason->saying};
    intake_say(out_copy->text, sizeof out_copy->text, reason->text);
}

void intake_tell_note_for(struct intake_telling *telling, int line, const struct reason *said)
{
    struct intake_preview *preview = telling->preview;
    struct intake_note note;
    memset(&note, 0, sizeof note);
    note.line = line;
    intake_copy_reason(&note.said, said);
    digest(telling, &note, sizeof note);
    if (preview->note_count < INTAKE_NOTES_MAX)
        preview->notes[preview->note_count++] = note;
    else
        preview->notes_beyond++;
}

void intake_tell_note(struct intake_telling *telling, const char *format, ...)
{
    struct reason said;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&said, format, arguments);
    va_end(arguments);
    intake_tell_note_for(telling, 0, &said);
}

static bool has_changes(const struct intake_preview *preview)
{
    int64_t count = 0;
    for (int i = 0; i < INTAKE_VERDICT_COUNT; i++)
        count += i == INTAKE_SAME || i == INTAKE_REFUSED ? 0 : preview->counts[i];
    return count > 0;
}

enum rc intake_tell(const struct intake *intake, struct intake_preview *out_preview,
                    uint8_t out_digest[HASH_BYTES])
{
    struct intake_telling telling = {.preview = out_preview};
    enum rc rc = RC_OK;
    memset(out_preview, 0, sizeof *out_preview);
    out_preview->kind = intake->kind;
    memcpy(out_preview->name, intake->name, sizeof out_preview->name);
    for (int verdict = 0; !rc && verdict < INTAKE_VERDICT_COUNT; verdict++) {
        telling.verdict = (enum intake_verdict)verdict;
        rc = intake->ops->tell(intake, &telling);
    }
    if (rc)
        return rc;
    intake->ops->tell_sum(intake, &telling);
    out_preview->has_changes = has_changes(out_preview);
    digest(&telling, out_preview->counts, sizeof out_preview->counts);
    memcpy(out_digest, telling.digest, sizeof telling.digest);
    return RC_OK;
}
