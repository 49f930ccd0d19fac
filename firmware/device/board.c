#include "firmware/device/board.h"

#include <stdio.h>
#include <string.h>

#include "firmware/device/board_i.h"

#define BOARD_PIN_MAX 53 /* BCM2835 ARM Peripherals, table 6-31: GPIO 0 to 53 */

/* "17 active-high", or "none": not even what a part says. */
static enum rc read_pin(void *values, const struct settings_row *row, const char *text,
                        struct reason *out_reason)
{
    struct board *board = values;
    int offset = -1, used = 0;
    char level[16] = "";
    bool is_none = strcmp(text, "none") == 0;
    if (!is_none && (sscanf(text, "%d %15s%n", &offset, level, &used) != 2 || text[used] ||
                     offset < 0 || offset > BOARD_PIN_MAX ||
                     (strcmp(level, "active-high") != 0 && strcmp(level, "active-low") != 0))) {
        reason_set(out_reason, "takes a number and a level, such as 17 active-high, or none");
        return RC_BAD_INPUT;
    }
    board->pins.lines[row->number].offset = offset;
    board->pins.lines[row->number].is_active_low = strcmp(level, "active-low") == 0;
    return RC_OK;
}

/* Degrees, clockwise. */
static enum rc read_rotation(void *values, const struct settings_row *row, const char *text,
                             struct reason *out_reason)
{
    static const char *const angles[] = {"0", "90", "180", "270"};
    (void)row;
    for (int i = 0; i < 4; i++)
        if (strcmp(text, angles[i]) == 0) {
            ((struct board *)values)->rotation = 90 * i;
            return RC_OK;
        }
    reason_set(out_reason, "takes 0, 90, 180 or 270");
    return RC_BAD_INPUT;
}

static const char *const machines[] = {"this", "simulated", NULL}; /* as enum board_machine */
static const char *const sides[] = {"right", "left", "above", "below", NULL};

#define NUMBER(section_, key_, field_, min_, max_)                                                 \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_NUMBER,                             \
        .offset = offsetof(struct board, field_), .min = (min_), .max = (max_),                    \
        .is_required = true                                                                        \
    }
#define PIN(key_, pin_)                                                                            \
    {                                                                                              \
        .section = "pins", .key = (key_), .type = SETTINGS_CUSTOM, .read = read_pin,               \
        .number = (pin_)                                                                           \
    }

static const struct settings_row rows[] = {
    {.section = "board",
     .key = "parts",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct board, parts),
     .size = sizeof((struct board *)0)->parts},
    NUMBER("screen", "width_px", width_px, 320, 7680),
    NUMBER("screen", "height_px", height_px, 320, 7680),
    NUMBER("screen", "width_mm", width_mm, 50, 2000),
    NUMBER("screen", "height_mm", height_mm, 50, 2000),
    {.section = "screen", .key = "rotation", .type = SETTINGS_CUSTOM, .read = read_rotation},
    {.section = "reader",
     .key = "address",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct board, reader),
     .size = sizeof((struct board *)0)->reader,
     .is_required = true},
    {.section = "reader",
     .key = "position",
     .type = SETTINGS_CHOICE,
     .offset = offsetof(struct board, reader_side),
     .words = sides},
    {.section = "pins",
     .key = "chip",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct board, pins.chip),
     .size = sizeof((struct board *)0)->pins.chip},
    PIN("green", PIN_GREEN),
    PIN("red", PIN_RED),
    PIN("blue", PIN_BLUE),
    PIN("buzzer", PIN_BUZZER),
    PIN("reader_reset", PIN_READER_RESET),
    PIN("call", PIN_CALL),
    {.section = "machine",
     .key = "kind",
     .type = SETTINGS_CHOICE,
     .offset = offsetof(struct board, machine),
     .words = machines},
};

#define ROWS ((int)(sizeof rows / sizeof rows[0]))
_Static_assert(sizeof rows / sizeof rows[0] <= BOARD_ROWS_MAX, "more rows than origins");

static struct board empty(void)
{
    struct board board = {.pins.chip = "auto", .machine = -1};
    for (int pin = 0; pin < PIN_COUNT; pin++)
        board.pins.lines[pin].offset = -1;
    return board;
}

/* --- the files --- */

/* Two parts that say the same are a mistake: nobody knows which was meant. */
static enum rc note_part(struct board_reading *reading, const char *part, const int *lines)
{
    for (int i = 0; i < ROWS; i++) {
        struct board_origin *origin = &reading->origins[i];
        if (!lines[i])
            continue;
        if (i == 0 || origin->file[0]) {
            if (i == 0)
                reason_set(reading->reason,
                           "%s:%d: the part '%s' names parts itself (line %d); "
                           "name all of them here",
                           reading->name, reading->parts_line, part, lines[i]);
            else
                reason_set(reading->reason,
                           "%s:%d: %s and '%s' both say '%s' in [%s]; name one of them",
                           reading->name, reading->parts_line, origin->file, part, rows[i].key,
                           rows[i].section);
            return RC_BAD_INPUT;
        }
        snprintf(origin->file, sizeof origin->file, "%s", part);
        origin->line = lines[i];
        origin->is_part = true;
    }
    return RC_OK;
}

static enum rc take_part(struct board_reading *reading, const char *part)
{
    char path[PATH_MAX];
    int lines[BOARD_ROWS_MAX];
    struct reason why = {.text = ""};
    enum rc rc = board_find_part(reading, part, path);
    if (rc)
        return rc;
    rc = settings_read_lines(path, rows, ROWS, &reading->board, lines, &why);
    if (!rc)
        return note_part(reading, part, lines);
    reason_set(reading->reason, "%s:%d: in the part '%s': %s", reading->name, reading->parts_line,
               part, why.text);
    return rc;
}

static enum rc take_parts(struct board_reading *reading, const char *parts)
{
    char text[BOARD_PARTS_BYTES], *rest = text, *part;
    int count = 0;
    enum rc rc = RC_OK;
    snprintf(text, sizeof text, "%s", parts);
    while (!rc && (part = strsep(&rest, " \t,"))) {
        if (!*part)
            continue;
        if (++count > BOARD_PARTS_MAX) {
            reason_set(reading->reason, "%s:%d: a board has at most %d parts", reading->name,
                       reading->parts_line, BOARD_PARTS_MAX);
            return RC_BAD_INPUT;
        }
        rc = take_part(reading, part);
    }
    return rc;
}

/* The file is read twice: for its parts, and above them. */
static enum rc take_files(struct board_reading *reading)
{
    int lines[BOARD_ROWS_MAX];
    struct board own = empty();
    enum rc rc = settings_read_lines(reading->path, rows, ROWS, &own, lines, reading->reason);
    if (rc)
        return rc;
    reading->parts_line = lines[0];
    rc = take_parts(reading, own.parts);
    if (!rc)
        rc =
            settings_read_lines(reading->path, rows, ROWS, &reading->board, lines, reading->reason);
    for (int i = 0; !rc && i < ROWS; i++)
        if (lines[i]) {
            reading->origins[i] = (struct board_origin){.line = lines[i]};
            snprintf(reading->origins[i].file, sizeof reading->origins[i].file, "%s",
                     reading->name);
        }
    return rc;
}

enum rc board_read_with(const char *path, const char *shelf, struct board *out_board,
                        struct reason *out_reason)
{
    const char *slash = strrchr(path, '/');
    struct board_reading reading = {
        .path = path,
        .name = slash ? slash + 1 : path,
        .shelf = shelf,
        .board = empty(),
        .rows = rows,
        .count = ROWS,
        .reason = out_reason,
    };
    enum rc rc = take_files(&reading);
    if (!rc)
        rc = board_check(&reading);
    if (rc)
        return rc;
    if (reading.board.machine < 0)
        reading.board.machine = pins_layout_is_empty(&reading.board.pins) ? BOARD_SIMULATED_MACHINE
                                                                          : BOARD_THIS_MACHINE;
    *out_board = reading.board;
    return RC_OK;
}

enum rc board_read(const char *path, struct board *out_board, struct reason *out_reason)
{
    return board_read_with(path, NULL, out_board, out_reason);
}

/* --- a Raspberry Pi's header --- */

bool board_has_header(const struct board *board)
{
    return strcmp(board->pins.chip, "auto") == 0 || strncmp(board->pins.chip, "pinctrl-", 8) == 0;
}

int board_header_pin(int bcm)
{
    /* Raspberry Pi documentation, "GPIO and the 40-pin header": BCM 0 to 27 */
    static const int pins[] = {27, 28, 3,  5,  7,  29, 31, 26, 24, 21, 19, 23, 32, 33,
                               8,  10, 36, 11, 12, 35, 38, 40, 15, 16, 18, 22, 37, 13};
    return bcm >= 0 && bcm < (int)(sizeof pins / sizeof pins[0]) ? pins[bcm] : 0;
}
