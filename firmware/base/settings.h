/*
 * settings.h - INI files by table: the one home of libinih.
 *
 * A table says which keys there are and where their values go. Whatever the table does not say is a
 * mistake and told with file and line: an unknown section or key, a doubled key, a value out of its
 * range, a missing one, a line that is no setting, a NUL. Files of up to SETTINGS_FILE_BYTES;
 * a byte order mark and line ends of Windows are fine. Nothing but a regular file is read. Any
 * thread.
 */
#ifndef FIRMWARE_BASE_SETTINGS_H
#define FIRMWARE_BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/rc.h"

#define SETTINGS_FILE_BYTES 65536
#define SETTINGS_ROWS_MAX 64

enum settings_type {
    SETTINGS_TEXT,   /* char[size] */
    SETTINGS_NUMBER, /* int from min to max */
    SETTINGS_CHOICE, /* int: index of the word in `words` */
    SETTINGS_TIME,   /* int: "HH:MM" as minutes of the day */
    SETTINGS_YES_NO, /* bool: "yes" or "no" */
    SETTINGS_CUSTOM, /* `read` takes the text apart */
};

struct settings_row {
    const char *section;
    const char *key;
    enum settings_type type;
    size_t offset; /* into the caller's struct */
    size_t size;   /* of texts, with the NUL */
    int min, max;
    const char *const *words; /* ends with NULL */
    /* RC_BAD_INPUT with a sentence that does not name the file. `values` is the caller's struct. */
    enum rc (*read)(void *values, const struct settings_row *row, const char *text,
                    struct reason *out_reason);
    int number; /* for `read` */
    bool is_required;
};

/*
 * A kind of section that may stand there several times, each with a name of its own: "[circle
 * Active]". Its rows leave `section` NULL, and their offsets are into one member.
 */
struct settings_family {
    const char *word; /* "circle" */
    const struct settings_row *rows;
    int count;
    /*
     * The member that a section begins, filled with its defaults. RC_BAD_INPUT with a sentence that
     * does not name the file. `name` is without the spaces around it, and may be "".
     */
    enum rc (*add)(void *values, const char *name, void **out_member, struct reason *out_reason);
};

#define SETTINGS_NAME_BYTES 64 /* of a member, with the NUL */

/*
 * A file with members of several families, read as far as it can be: each mistake is told, and
 * reading goes on behind it.
 */
struct settings_file {
    const struct settings_row *rows;
    int count;
    const struct settings_family *families;
    int family_count;
    void *values;
    /* `why` does not name the file; `line` is 0 where it is about the file as a whole. */
    void (*tell)(void *hearer, int line, const struct reason *why);
    void *hearer;
};

/*
 * RC_NOT_FOUND, and nothing told, when there is no such file; RC_BAD_INPUT once something was told,
 * then `values` has what was right.
 */
enum rc settings_read_file(const char *path, const struct settings_file *file) MUST_CHECK;

/*
 * For `read` and `add`: words that a screen can show, without the spaces around them. RC_BAD_INPUT
 * with the end of a sentence where they are too long or no UTF-8.
 */
enum rc settings_words(const char *text, char *out_text, size_t size,
                       struct reason *out_reason) MUST_CHECK;

/*
 * Reads the file into `values`, which holds the defaults. `values` may be half filled after a
 * failure. RC_NOT_FOUND when there is no such file; other failures come with a sentence, too.
 */
enum rc settings_read(const char *path, const struct settings_row *rows, int count, void *values,
                      struct reason *out_reason) MUST_CHECK;

/*
 * The same for one of several files that say something together: nothing is asked for that is
 * missing. `out_lines` has a number for each row: on which line it stood, 0: on none.
 */
enum rc settings_read_lines(const char *path, const struct settings_row *rows, int count,
                            void *values, int *out_lines, struct reason *out_reason) MUST_CHECK;

/* The same for a file with members of a family beside the rows. `read` of theirs gets the member.
 */
enum rc settings_read_family(const char *path, const struct settings_row *rows, int count,
                             const struct settings_family *family, void *values,
                             struct reason *out_reason) MUST_CHECK;

#endif
