#include "app/exchange/workbook_i.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/utf8.h"

#define DAYS_BEFORE_1970 25569 /* from 1899-12-30 */
#define TEXT_BYTES 4096        /* of one cell, escaped; none of ours is near it */

/* --- what goes wrong --- */

enum rc workbook_rc(lxw_error error)
{
    int number = errno;
    if (error == LXW_NO_ERROR)
        return RC_OK;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return RC_NO_MEMORY;
    if (error >= LXW_ERROR_CREATING_XLSX_FILE && error <= LXW_ERROR_ZIP_CLOSE)
        return number ? rc_from_errno(number) : RC_IO;
    return RC_LIMIT;
}

static const struct {
    enum rc rc;
    const char *advice;
} advices[] = {
    {RC_FULL,
     SAID("there is no space left in the data folder. Free some space, or choose fewer days")},
    {RC_LIMIT, SAID("it would be larger than this file system allows. Choose fewer days")},
    {RC_CORRUPT, SAID("it came back different when it was read. Is the data folder's disk full, or "
                      "broken?")},
    {RC_NOT_FOUND, SAID("a folder for it is not there")},
    {RC_READ_ONLY, SAID("the data folder may only be read")},
    {RC_REFUSED, SAID("the data folder does not allow writing")},
    {RC_IO, SAID("the data folder's disk reports an error")},
};

static enum rc tell(enum rc rc, struct reason *out_reason)
{
    const char *advice = rc_text(rc);
    for (size_t i = 0; i < sizeof advices / sizeof advices[0]; i++)
        if (advices[i].rc == rc)
            advice = advices[i].advice;
    reason_set(out_reason, SAID("%s could not be made: %s."), WORKBOOK_NAME, advice);
    reason_mark(out_reason, 1);
    return rc;
}

/* --- cells --- */

/*
 * XML has no way to say most control characters; a workbook writes them as _x0007_, and a text that
 * looks like that as _x005F_x0007_. The library does the former, but for CR, which XML makes a LF.
 */
static void escape(const char *text, char out_text[TEXT_BYTES])
{
    size_t used = 0, length = utf8_cut(text, TEXT_BYTES / 8);
    uint32_t point;
    for (size_t step; length > 0; text += step, length -= step) {
        step = utf8_step(text, length, &point);
        if (!step || point == 0xFFFE || point == 0xFFFF) {
            used += utf8_put(0xFFFD, out_text + used);
            step = step ? step : 1;
            continue;
        }
        if (point == '\r') {
            used += (size_t)snprintf(out_text + used, TEXT_BYTES - used, "_x000D_");
            continue;
        }
        if (length >= 7 && strncmp(text, "_x", 2) == 0 &&
            strspn(text + 2, "0123456789abcdefABCDEF") >= 4 && text[6] == '_')
            used += (size_t)snprintf(out_text + used, TEXT_BYTES - used, "_x005F");
        memcpy(out_text + used, text, step);
        used += step;
    }
    out_text[used] = 0;
}

/* Most are: one look at each letter is enough. */
static bool is_plain(const char *text)
{
    size_t length = 0;
    while ((signed char)text[length] > 0 && text[length] != '\r' && text[length] != '_')
        length++;
    return !text[length] && length <= TEXT_BYTES / 8;
}

static bool needs_escape(const char *text)
{
    return strpbrk(text, "\r") || strstr(text, "_x") || strstr(text, "\xEF\xBF") ||
           strlen(text) > TEXT_BYTES / 8 || !utf8_is_valid(text, strlen(text));
}

enum rc workbook_put_text(lxw_worksheet *sheet, lxw_row_t row, int column, const char *text,
                          lxw_format *format)
{
    char escaped[TEXT_BYTES];
    if (!text[0])
        return RC_OK;
    if (!is_plain(text) && needs_escape(text)) {
        escape(text, escaped);
        text = escaped;
    }
    return workbook_rc(worksheet_write_string(sheet, row, (lxw_col_t)column, text, format));
}

enum rc workbook_put_number(lxw_worksheet *sheet, lxw_row_t row, int column, double number,
                            lxw_format *format)
{
    return workbook_rc(worksheet_write_number(sheet, row, (lxw_col_t)column, number, format));
}

enum rc workbook_put_sum(lxw_worksheet *sheet, lxw_row_t row, int column, const char *formula,
                         int64_t seconds, lxw_format *format)
{
    return workbook_rc(worksheet_write_formula_num(sheet, row, (lxw_col_t)column, formula, format,
                                                   (double)seconds / 86400));
}

double workbook_day(int64_t day)
{
    struct tm at = {.tm_year = (int)(day / 10000) - 1900,
                    .tm_mon = (int)(day / 100 % 100) - 1,
                    .tm_mday = (int)(day % 100)};
    return (double)(timegm(&at) / 86400 + DAYS_BEFORE_1970);
}

double workbook_wall(int64_t at_ms)
{
    time_t at = (time_t)(at_ms / 1000 - (at_ms % 1000 < 0));
    struct tm local;
    localtime_r(&at, &local);
    return (double)timegm(&local) / 86400 + DAYS_BEFORE_1970;
}

enum rc workbook_add_sheet(struct workbook *workbook, const char *name, lxw_worksheet **out_sheet)
{
    errno = 0;
    lxw_error error = workbook_validate_sheet_name(workbook->book, name);
    lxw_worksheet *sheet = error ? NULL : workbook_add_worksheet(workbook->book, name);
    if (!sheet)
        return error ? RC_LIMIT : errno ? rc_from_errno(errno) : RC_NO_MEMORY;
    enum rc rc = workbook_pack_begin(workbook->pack, sheet);
    if (rc)
        return rc;
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    *out_sheet = sheet;
    return RC_OK;
}

/* --- the book --- */

static enum rc add_formats(struct workbook *workbook)
{
    static const struct {
        const char *number; /* its format; NULL: none */
        bool is_bold, is_italic, is_wrapped, is_under_a_line;
    } looks[WORKBOOK_LOOKS] = {
        [WORKBOOK_HEADING] = {.is_bold = true},
        [WORKBOOK_DAY] = {.number = "yyyy-mm-dd"},
        [WORKBOOK_TIME] = {.number = "yyyy-mm-dd hh:mm:ss"},
        [WORKBOOK_DOUBTFUL] = {.number = "yyyy-mm-dd hh:mm:ss", .is_italic = true},
        [WORKBOOK_LENGTH] = {.number = "[h]:mm:ss"},
        [WORKBOOK_HOURS_LENGTH] = {.number = "[h]:mm"},
        [WORKBOOK_MONTH] = {.number = "yyyy-mm"},
        [WORKBOOK_TOTAL] = {.is_bold = true, .is_under_a_line = true},
        [WORKBOOK_TOTAL_LENGTH] = {.number = "[h]:mm:ss", .is_bold = true, .is_under_a_line = true},
        [WORKBOOK_TOTAL_HOURS] = {.number = "[h]:mm", .is_bold = true, .is_under_a_line = true},
        [WORKBOOK_WRAPPED] = {.is_wrapped = true},
    };
    for (int i = 0; i < WORKBOOK_LOOKS; i++) {
        lxw_format *format = workbook_add_format(workbook->book);
        if (!format)
            return RC_NO_MEMORY;
        if (looks[i].number)
            format_set_num_format(format, looks[i].number);
        if (looks[i].is_bold)
            format_set_bold(format);
        if (looks[i].is_italic)
            format_set_italic(format);
        if (looks[i].is_under_a_line)
            format_set_top(format, LXW_BORDER_THIN);
        if (looks[i].is_wrapped) {
            format_set_text_wrap(format);
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        }
        workbook->formats[i] = format;
    }
    return RC_OK;
}

static enum rc fill(struct workbook *workbook)
{
    enum rc rc = add_formats(workbook);
    if (!rc)
        rc = workbook_fill(workbook);
    if (!rc)
        rc = workbook_add_months(workbook);
    if (!rc)
        rc = workbook_add_about(workbook);
    enum rc ended = workbook_pack_end(workbook->pack);
    return rc ? rc : ended;
}

/*
 * Made before the library does, for nobody else's eyes and through no link. It would take /tmp
 * where it may not write into the scratch folder.
 */
static enum rc make_file(const char *path, const char *scratch_folder)
{
    if (access(scratch_folder, W_OK | X_OK))
        return rc_from_errno(errno);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return rc_from_errno(errno);
    close(fd);
    return RC_OK;
}

/* The library closes its file for a sheet's rows only where it makes the sheet. */
static void give_up(lxw_workbook *book)
{
    for (lxw_worksheet *sheet = STAILQ_FIRST(book->worksheets); sheet;
         sheet = STAILQ_NEXT(sheet, list_pointers))
        if (sheet->optimize_tmpfile)
            fclose(sheet->optimize_tmpfile);
    lxw_workbook_free(book);
}

static enum rc make_book(struct workbook *workbook, const char *path, const char *scratch_folder)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = (char *)scratch_folder}; /* is only read */
    lxw_doc_properties properties = {.title = (char *)workbook->about->venue,
                                     .created = (time_t)(workbook->about->made_ms / 1000)};
    workbook->book = workbook_new_opt(path, &options);
    if (!workbook->book)
        return RC_NO_MEMORY;
    enum rc rc = workbook_rc(workbook_set_properties(workbook->book, &properties));
    if (!rc)
        rc = fill(workbook);
    if (rc) {
        give_up(workbook->book);
        return rc;
    }
    errno = 0;
    return workbook_rc(workbook_close(workbook->book));
}

/* Under the same name: what the library made loses it first. */
static enum rc bind_rows(const struct workbook *workbook, const char *path,
                         const char *scratch_folder)
{
    FILE *in = fopen(path, "re"), *out = NULL;
    enum rc rc = in && !unlink(path) ? make_file(path, scratch_folder) : rc_from_errno(errno);
    if (!rc && !(out = fopen(path, "we")))
        rc = rc_from_errno(errno);
    if (!rc)
        rc = workbook_bind(in, workbook->pack, out);
    errno = 0;
    if (out && fclose(out) && !rc)
        rc = errno ? rc_from_errno(errno) : RC_IO;
    if (in)
        fclose(in);
    return rc;
}

enum rc workbook_write(const char *path, const char *scratch_folder,
                       const struct register_source *source, const struct workbook_about *about,
                       int64_t *out_rows, struct reason *out_reason)
{
    struct workbook *workbook = calloc(1, sizeof *workbook);
    enum rc rc = workbook ? make_file(path, scratch_folder) : RC_NO_MEMORY;
    if (rc)
        goto done;
    workbook->source = source;
    workbook->about = about;
    rc = workbook_pack_new(scratch_folder, &workbook->pack);
    if (!rc)
        rc = make_book(workbook, path, scratch_folder);
    if (!rc)
        rc = bind_rows(workbook, path, scratch_folder);
    workbook_pack_free(workbook->pack);
    if (!rc)
        rc = workbook_check(path);
    if (rc)
        unlink(path);
    else
        *out_rows = workbook->rows;
done:
    free(workbook);
    return rc ? tell(rc, out_reason) : RC_OK;
}
