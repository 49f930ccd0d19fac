#include "app/command/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "firmware/base/utf8.h"

#define TIME_BYTES 32

static const char *const profiles[] = {
    [CSV_PROFILE_EXCEL] = "excel", [CSV_PROFILE_STRICT] = "strict"};

enum rc format_read_profile(const char *name, enum csv_profile *out_profile,
                            struct reason *out_reason)
{
    for (int i = CSV_PROFILE_EXCEL; i <= CSV_PROFILE_STRICT; i++) {
        if (strcmp(name, profiles[i]) == 0) {
            *out_profile = (enum csv_profile)i;
            return RC_OK;
        }
    }
    reason_set(out_reason, "there is no profile \"%.40s\"; known are excel and strict", name);
    return RC_BAD_INPUT;
}

enum rc format_read(const struct format_asked *asked, struct format *out_format,
                    struct reason *out_reason)
{
    struct format format = {FORMAT_TABLE, CSV_PROFILE_EXCEL};
    if (asked->is_csv && asked->is_json) {
        reason_set(out_reason, "either --csv or --json: one of the two");
        return RC_BAD_INPUT;
    }
    if (asked->profile && !asked->is_csv) {
        reason_set(out_reason, "--profile is for --csv: say that too");
        return RC_BAD_INPUT;
    }
    format.kind = asked->is_csv ? FORMAT_CSV : asked->is_json ? FORMAT_JSON : FORMAT_TABLE;
    enum rc rc =
        asked->profile ? format_read_profile(asked->profile, &format.profile, out_reason) : RC_OK;
    if (!rc)
        *out_format = format;
    return rc;
}

enum rc format_print_cells(enum csv_profile profile, const char *const *cells, int count)
{
    static char line[CSV_WRITER_ROW_BYTES];
    size_t length;
    enum rc rc = csv_writer_row(profile, cells, count, line, sizeof line, &length);
    if (!rc)
        fwrite(line, 1, length, stdout);
    return rc;
}

enum rc format_print_begin(enum csv_profile profile, const char *const *cells, int count)
{
    fputs(csv_writer_begin(profile), stdout);
    return format_print_cells(profile, cells, count);
}

static int width_of(const char *text)
{
    int width = 0;
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t point;
        at += utf8_step(text + at, length - at, &point);
        width += !utf8_is_combining(point);
    }
    return width;
}

void format_print_padded(const char *text, int width)
{
    int blanks = width - width_of(text);
    printf("%s%*s ", text, blanks > 0 ? blanks : 0, "");
}

void format_time(enum csv_profile profile, int64_t ms, char *out_text, size_t size)
{
    out_text[0] = 0;
    if (ms && profile == CSV_PROFILE_EXCEL)
        day_format_local(ms, out_text, size);
    else if (ms)
        day_format_utc(ms, out_text, size);
}

void format_end(const struct format *format, json_t *array, int64_t count, const char *none)
{
    if (format->kind == FORMAT_JSON)
        command_print(array);
    else if (!count && format->kind == FORMAT_TABLE)
        puts(none);
}

json_t *format_json_time(int64_t ms)
{
    char text[TIME_BYTES];
    format_time(CSV_PROFILE_STRICT, ms, text, sizeof text);
    return format_json_text(text);
}

json_t *format_json_text(const char *text)
{
    return text[0] ? json_string(text) : json_null();
}

json_t *format_json_day(int day)
{
    char text[PERIOD_DAY_BYTES];
    period_write_day(day, text);
    return format_json_text(text);
}

void format_people(const struct report_row *row, char out_text[FORMAT_PEOPLE_BYTES])
{
    if (row->is_people_unknown)
        snprintf(out_text, FORMAT_PEOPLE_BYTES, "unknown");
    else
        snprintf(out_text, FORMAT_PEOPLE_BYTES, "%" PRId64, row->people);
}

json_t *format_json_people(const struct report_row *row)
{
    return row->is_people_unknown ? json_null() : json_integer(row->people);
}
