#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "app/ui/keyboard_i.h"
#include "app/ui/words.h"
#include "firmware/base/utf8.h"

/* --- rows: a character is a key one column wide, a mark one that does something --- */

enum mark {
    MARK_SHIFT = 1,
    MARK_DELETE,
    MARK_DONE,
    MARK_SPACE, /* takes what is left of its row */
    MARK_ARRANGE,
    MARK_SYMBOLS,
    MARK_A_TO_N,
    MARK_O_TO_Z,
    MARK_BE,
    MARK_COM,
    MARK_FR,
    MARK_ORG,
    MARK_HALF, /* the key before is half a column wider */
    MARK_ACCENTS,
    MARK_ACCENTS_FIRST,
    MARK_ACCENTS_REST,
    MARKS
};

#define SHIFT "\1"
#define DELETE "\2"
#define DONE "\3"
#define SPACE "\4"
#define ARRANGE "\5"
#define LAYERS "\6\7\10"
#define DOMAINS "\11\12\13\14"
#define HALF "\15"
#define ACCENTS "\16"
#define ACCENTS_FIRST "\17"
#define ACCENTS_REST "\20"

#define FOOT_WIDE LAYERS ARRANGE HALF "," SPACE "." DONE HALF
#define FOOT_WIDE_MORE LAYERS SPACE DONE HALF
#define FOOT_NARROW LAYERS SPACE DONE HALF

static const struct keyboard_key marks[MARKS] = {
    [MARK_SHIFT] = {.act = KEYBOARD_ACT_SHIFT, .label = "⇧"},
    [MARK_DELETE] = {.act = KEYBOARD_ACT_DELETE, .label = "⌫"},
    [MARK_DONE] = {.act = KEYBOARD_ACT_DONE, .label = WORDS_MARK("Done"), .is_word = true},
    [MARK_SPACE] = {.act = KEYBOARD_ACT_SPACE,
                    .label = WORDS_MARK("space"),
                    .types = " ",
                    .is_word = true},
    [MARK_ARRANGE] = {.act = KEYBOARD_ACT_ARRANGE},
    [MARK_SYMBOLS] = {.act = KEYBOARD_ACT_LAYER, .label = "123", .layer = KEYBOARD_LAYER_SYMBOLS},
    [MARK_A_TO_N] = {.act = KEYBOARD_ACT_LAYER, .label = "äñ", .layer = KEYBOARD_LAYER_A_TO_N},
    [MARK_O_TO_Z] = {.act = KEYBOARD_ACT_LAYER, .label = "öü", .layer = KEYBOARD_LAYER_O_TO_Z},
    [MARK_BE] = {.label = ".be", .types = ".be"},
    [MARK_COM] = {.label = ".com", .types = ".com"},
    [MARK_FR] = {.label = ".fr", .types = ".fr"},
    [MARK_ORG] = {.label = ".org", .types = ".org"},
};

/* The same number in each language, so that nothing moves; the first ones are the most used. A
 * wide board may not have room for the last one: in French names that is û, for Benoît's sake. */
static const struct accents {
    const char *first, *rest, *rest_in_names;
} accents[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] = {"éàùèçê", "ëâïôûî", "ëâïôîû"},
    [LANGUAGE_NL] = {"ëéïöüè", "êçáóñä", "êçáóñä"},
    [LANGUAGE_EN] = {"éèëöüç", "ñáóøïå", "ñáóøïå"},
};

enum board {
    AZERTY,
    QWERTY,
    SYMBOLS,
    A_TO_N,
    O_TO_Z,
    EMAIL_AZERTY,
    EMAIL_QWERTY,
    PAD,
    CODE,
    BOARDS
};
enum shape { WIDE, NARROW, SHAPES };

#define LETTERS_WIDE 10, 5, 13, 9, 11
#define LETTERS_NARROW 6, 8, 12, 10, 12.5

#define A_TO_X "abcdef", "ghijkl", "mnopqr", "stuvwx"

/* Six columns break the rows of a typewriter where no hand expects it; the alphabet everybody can
 * find. All of ASCII is there, for passwords: what a narrow page of symbols lacks (' and -) stands
 * with the letters. */
static const struct keyboard_board boards[BOARDS][SHAPES] = {
    [AZERTY] = {{LETTERS_WIDE,
                 {ACCENTS, "azertyuiop", "qsdfghjklm", SHIFT "wxcvbn'-" DELETE, FOOT_WIDE}},
                {LETTERS_NARROW,
                 {ACCENTS_FIRST, ACCENTS_REST, A_TO_X, SHIFT "yz'-" DELETE, FOOT_NARROW}}},
    [QWERTY] = {{LETTERS_WIDE,
                 {ACCENTS, "qwertyuiop", "asdfghjkl-", SHIFT "zxcvbnm'" DELETE, FOOT_WIDE}},
                {LETTERS_NARROW,
                 {ACCENTS_FIRST, ACCENTS_REST, A_TO_X, SHIFT "yz'-" DELETE, FOOT_NARROW}}},
    [SYMBOLS] = {{LETTERS_WIDE,
                  {"1234567890", ".,?!:;()\"'", "@&/-_+=*%#", "€$<>[]{}\\" DELETE,
                   LAYERS "|~^`" SPACE DONE HALF}},
                 {LETTERS_NARROW,
                  {"123456", "7890.,", "?!:;()", "@&/_+=", "\"*%#€$", "<>[]{}", "\\|~^`" DELETE,
                   FOOT_NARROW}}},
    [A_TO_N] = {{LETTERS_WIDE,
                 {ACCENTS, "áàâäãåąăæç", "ćčđéèêëěęğ", SHIFT "íîïıłñńň" DELETE, FOOT_WIDE_MORE}},
                {LETTERS_NARROW,
                 {ACCENTS_FIRST, ACCENTS_REST, "áàâäãå", "ąăæçćč", "đéèêëě", "ęğíîïı",
                  SHIFT "łñńň" DELETE, FOOT_NARROW}}},
    [O_TO_Z] = {{LETTERS_WIDE,
                 {ACCENTS, "óòôöõøőœřś", "šşșßțťúùûü", SHIFT "ůűūýÿźžż" DELETE, FOOT_WIDE_MORE}},
                {LETTERS_NARROW,
                 {ACCENTS_FIRST, ACCENTS_REST, "óòôöõø", "őœřśšş", "șßțťúù", "ûüůűūý",
                  SHIFT "ÿźžż" DELETE, FOOT_NARROW}}},
    [EMAIL_AZERTY] = {{LETTERS_WIDE,
                       {"1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn.-_" DELETE,
                        ARRANGE HALF "@+" DOMAINS DONE HALF}},
                      {LETTERS_NARROW,
                       {"123456", "7890-_", A_TO_X, "yz.@+" DELETE, DOMAINS DONE HALF}}},
    [EMAIL_QWERTY] = {{LETTERS_WIDE,
                       {"1234567890", "qwertyuiop", "asdfghjkl_", "zxcvbnm.-" DELETE,
                        ARRANGE HALF "@+" DOMAINS DONE HALF}},
                      {LETTERS_NARROW,
                       {"123456", "7890-_", A_TO_X, "yz.@+" DELETE, DOMAINS DONE HALF}}},
    [PAD] = {{4, 3, 15, 15, 20, {"123" DELETE, "4560", "789" DONE}},
             {3, 4, 15, 15, 20, {"123", "456", "789", DELETE "0" DONE}}},
    [CODE] = {{8, 3, 15, 15, 20, {"BCDFGHJK", "LMNPQRST", "VWXZ" DELETE HALF HALF DONE HALF HALF}},
              {5, 5, 15, 15, 20, {"BCDFG", "HJKLM", "NPQRS", "TVWXZ", DELETE DONE}}},
};

/* --- which board --- */

static enum board board_of(const struct keyboard *keyboard)
{
    static const enum board kinds[TYPING_KINDS] = {
        [TYPING_NAME] = AZERTY, [TYPING_TEXT] = AZERTY, [TYPING_EMAIL] = EMAIL_AZERTY,
        [TYPING_DIGITS] = PAD,  [TYPING_PIN] = PAD,     [TYPING_CODE] = CODE,
    };
    static const enum board layers[KEYBOARD_LAYERS] = {
        [KEYBOARD_LAYER_LETTERS] = AZERTY,
        [KEYBOARD_LAYER_SYMBOLS] = SYMBOLS,
        [KEYBOARD_LAYER_A_TO_N] = A_TO_N,
        [KEYBOARD_LAYER_O_TO_Z] = O_TO_Z,
    };
    bool is_qwerty = keyboard->arrangement == KEYBOARD_QWERTY;
    assert((unsigned)keyboard->kind < TYPING_KINDS && (unsigned)keyboard->layer < KEYBOARD_LAYERS);
    enum board board = kinds[keyboard->kind];
    if (board == AZERTY)
        board = layers[keyboard->layer];
    if (board == AZERTY && is_qwerty)
        return QWERTY;
    return board == EMAIL_AZERTY && is_qwerty ? EMAIL_QWERTY : board;
}

/* How much larger than its least a key is, in the tighter direction. */
static double ease(const struct keyboard_board *board, struct rect box)
{
    return fmin(box.w / board->columns / board->least_w, box.h / board->row_count / board->least_h);
}

const struct keyboard_board *keyboard_board_for(const struct keyboard *keyboard, struct rect box)
{
    const struct keyboard_board *shapes = boards[board_of(keyboard)];
    return &shapes[ease(&shapes[WIDE], box) >= ease(&shapes[NARROW], box) ? WIDE : NARROW];
}

struct keyboard_size keyboard_size(enum typing_kind kind, double width)
{
    const struct keyboard keyboard = {.kind = kind};
    const struct keyboard_board *board = boards[board_of(&keyboard)];
    /* The wide shape is the lower one. */
    if (width < board->columns * board->least_w)
        board++;
    return (struct keyboard_size){board->row_count * board->least_h,
                                  board->row_count * board->best_h};
}

/* --- keys --- */

/* Turkish has a dotted and a dotless i; the capitals that i and ı leave over share a key. */
static uint32_t capital(uint32_t point)
{
    return point == 0x131 ? 0x130 : utf8_upper(point);
}

static struct keyboard_key letter_key(const struct keyboard *keyboard, uint32_t point)
{
    struct keyboard_key key = {.act = KEYBOARD_ACT_TYPE};
    if (keyboard->shift != KEYBOARD_SHIFT_OFF)
        point = capital(point);
    utf8_put(point, key.types);
    utf8_put(point, key.label);
    return key;
}

/* The way back stands where the way there stood. */
static void turn_layer_key(const struct keyboard *keyboard, struct keyboard_key *key)
{
    bool is_here = key->layer == keyboard->layer;
    if (key->layer == KEYBOARD_LAYER_SYMBOLS && keyboard->layer != KEYBOARD_LAYER_LETTERS) {
        snprintf(key->label, sizeof key->label, "abc");
        key->layer = KEYBOARD_LAYER_LETTERS;
    } else if (is_here) {
        key->is_lit = true;
        key->layer = KEYBOARD_LAYER_LETTERS;
    }
}

static struct keyboard_key mark_key(const struct keyboard *keyboard, enum mark mark)
{
    struct keyboard_key key = marks[mark];
    if (key.act == KEYBOARD_ACT_LAYER)
        turn_layer_key(keyboard, &key);
    if (key.act == KEYBOARD_ACT_ARRANGE)
        snprintf(key.label, sizeof key.label, "%s",
                 keyboard->arrangement == KEYBOARD_AZERTY ? "QWERTY" : "AZERTY");
    if (key.act == KEYBOARD_ACT_SHIFT)
        key.is_lit = keyboard->shift != KEYBOARD_SHIFT_OFF;
    if (key.act == KEYBOARD_ACT_SHIFT && keyboard->shift == KEYBOARD_SHIFT_LOCKED)
        snprintf(key.label, sizeof key.label, "⇪");
    return key;
}

static struct keyboard_key key_for(const struct keyboard *keyboard, uint32_t point)
{
    bool is_secret = keyboard->kind == TYPING_PIN || keyboard->kind == TYPING_CODE;
    struct keyboard_key key =
        point < MARKS ? mark_key(keyboard, (enum mark)point) : letter_key(keyboard, point);
    key.has_popup = key.act == KEYBOARD_ACT_TYPE && !is_secret;
    return key;
}

#define ACCENT_BYTES 2 /* each of them, in UTF-8 */
#define ROW_SIZE 64

/* A row of accents is looked up; a wide board takes as many of the twelve as are wide enough. */
static void write_row(const struct keyboard *keyboard, const struct keyboard_board *board, int row,
                      double width, char out_text[ROW_SIZE])
{
    const struct accents *own = &accents[keyboard->language];
    const char *rest = keyboard->kind == TYPING_NAME ? own->rest_in_names : own->rest;
    size_t room = (size_t)fmax(1, fmin(12, floor(width / board->least_w)));
    switch (board->rows[row][0]) {
    case MARK_ACCENTS:
        snprintf(out_text, ROW_SIZE, "%s%s", own->first, rest);
        out_text[room * ACCENT_BYTES] = 0;
        break;
    case MARK_ACCENTS_FIRST: snprintf(out_text, ROW_SIZE, "%s", own->first); break;
    case MARK_ACCENTS_REST: snprintf(out_text, ROW_SIZE, "%s", rest); break;
    default: snprintf(out_text, ROW_SIZE, "%s", board->rows[row]); break;
    }
}

static void stretch_space(const struct keyboard_key *keys, int count, int columns,
                          double *out_columns)
{
    double left = columns;
    for (int i = 0; i < count; i++)
        left -= keys[i].act == KEYBOARD_ACT_SPACE ? 0 : out_columns[i];
    for (int i = 0; i < count; i++)
        if (keys[i].act == KEYBOARD_ACT_SPACE)
            out_columns[i] = left;
}

int keyboard_board_row(const struct keyboard *keyboard, const struct keyboard_board *board, int row,
                       double width, struct keyboard_key *out_keys, double *out_columns)
{
    char text[ROW_SIZE];
    uint32_t point = 0;
    int count = 0;
    assert((unsigned)keyboard->language < LANGUAGE_COUNT);
    write_row(keyboard, board, row, width, text);
    for (size_t at = 0, step; (step = utf8_step(text + at, strlen(text + at), &point));
         at += step) {
        if (point == MARK_HALF) {
            out_columns[count - 1] += 0.5;
            continue;
        }
        assert(count < KEYBOARD_ROW_KEYS_MAX);
        out_keys[count] = key_for(keyboard, point);
        out_columns[count++] = 1;
    }
    stretch_space(out_keys, count, board->columns, out_columns);
    return count;
}
