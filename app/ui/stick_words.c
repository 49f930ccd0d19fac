#include "app/ui/stick_words.h"

#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/words.h"
#include "firmware/base/utf8.h"

#define GB 1e9
#define MB 1e6

const struct stick_words *stick_words_of_trouble(enum stick_trouble trouble)
{
    static const struct stick_words words[STICK_TROUBLE_COUNT] = {
        [STICK_USABLE] = {"", ""},
        [STICK_BLANK] = {WORDS_MARK("This stick is not formatted."),
                         WORDS_MARK("Format it on a computer as FAT32 or exFAT, or take another "
                                    "one.")},
        [STICK_FOREIGN] = {WORDS_MARK("This stick is formatted in a way that is not read here."),
                           WORDS_MARK("Take another one, or format it on a computer as FAT32 or "
                                      "exFAT: what is on it will be gone.")},
        [STICK_SEVERAL] = {WORDS_MARK("This stick is divided into several parts."),
                           WORDS_MARK("Nobody can tell which one is meant. Take a stick that is "
                                      "in one piece.")},
        [STICK_EMPTY] = {WORDS_MARK("There is nothing in it."),
                         WORDS_MARK("Is it a card reader? Put the card in. If not it is broken: "
                                    "take another stick.")},
        [STICK_DAMAGED] = {WORDS_MARK("What is on this stick is damaged."),
                           WORDS_MARK("Have it repaired by a computer, or take another one.")},
        [STICK_NOT_ALLOWED] = {WORDS_MARK("The station is not allowed to open sticks."),
                               WORDS_MARK("Nobody can change that here: tell whoever looks after "
                                          "the station.")},
        [STICK_TYPES] = {WORDS_MARK("This pretends to be a keyboard, too."),
                         WORDS_MARK("No USB stick does that. Pull it out, use it nowhere, and ask "
                                    "where it comes from.")},
    };
    return &words[trouble];
}

static struct stick_words words_of_cut(const struct load *load)
{
    static const struct stick_words cuts[] = {
        [LOAD_EXPORTS] = {WORDS_MARK("The stick was pulled out too soon."),
                          WORDS_MARK("Nothing counts as taken out. Plug it in again and begin "
                                     "anew.")},
        [LOAD_PRINTS] = {WORDS_MARK("The stick was pulled out too soon."),
                         WORDS_MARK("The list is not whole. Plug it in again and begin anew.")},
        [LOAD_DIAGNOSES] = {WORDS_MARK("The stick was pulled out too soon."),
                            WORDS_MARK("The text is not whole. Plug it in again and begin anew.")},
        [LOAD_GIVES] = {WORDS_MARK("The stick was pulled out too soon."),
                        WORDS_MARK("The data is not whole. Plug it in again and begin anew.")},
        [LOAD_READS] = {WORDS_MARK("The stick was pulled out too soon."),
                        WORDS_MARK("Nothing was taken in. Plug it in again and begin anew.")},
        [LOAD_TAKES] = {WORDS_MARK("The stick was pulled out too soon."),
                        WORDS_MARK("What was shown is taken in; the refused lines are not on the "
                                   "stick.")},
    };
    return cuts[load->did];
}

static struct stick_words words_of_done(const struct load *load)
{
    static const struct stick_words dones[] = {
        [LOAD_EXPORTS] = {WORDS_MARK("You may pull the stick out."), ""},
        [LOAD_PRINTS] = {WORDS_MARK("The list is on the stick."), ""},
        [LOAD_DIAGNOSES] = {WORDS_MARK("The text is on the stick."), ""},
        [LOAD_GIVES] = {WORDS_MARK("You may pull the stick out."),
                        WORDS_MARK("Their data is on it, readable by anybody: give it to nobody "
                                   "else.")},
    };
    if ((load->did == LOAD_EXPORTS || load->did == LOAD_GIVES) && load->stand == LOAD_OPEN)
        return (struct stick_words){WORDS_MARK("It is on the stick, whole."), ""};
    if (load->did == LOAD_TAKES)
        return (struct stick_words){WORDS_MARK("It is taken in."), ""};
    if (load->did > LOAD_GIVES)
        return (struct stick_words){WORDS_MARK("It is done."), ""};
    return dones[load->did];
}

struct stick_words stick_words_of_end(const struct load *load)
{
    if (load->end == LOAD_CUT)
        return words_of_cut(load);
    if (load->end == LOAD_DONE)
        return words_of_done(load);
    if (load->end == LOAD_STOPPED)
        return (struct stick_words){
            WORDS_MARK("It was stopped."),
            load->did == LOAD_EXPORTS ? WORDS_MARK("Nothing counts as taken out.") : ""};
    return (struct stick_words){WORDS_MARK("It did not work."), ""};
}

/* What the command line says behind "perron: " begins small. */
static void begin_large(char *text)
{
    uint32_t point;
    char first[UTF8_MAX];
    size_t length = utf8_step(text, strlen(text), &point);
    if (length && utf8_put(utf8_upper(point), first) == length)
        memcpy(text, first, length);
}

const char *stick_todo(const struct sheet *sheet, const struct load *load,
                       char out_text[STICK_TODO_BYTES])
{
    struct stick_words words = stick_words_of_end(load);
    if (load->end == LOAD_FAILED) {
        words_sentence(sheet->model->language, &load->why, out_text, STICK_TODO_BYTES);
        begin_large(out_text);
        return out_text;
    }
    snprintf(out_text, STICK_TODO_BYTES, "%s", words.todo[0] ? sheet_say(sheet, words.todo) : "");
    return out_text;
}

const char *stick_words_of_stage(const struct load *load)
{
    static const char *const stages[] = {[LOAD_GATHERS] = WORDS_MARK("The register is read"),
                                         [LOAD_WRITES] = WORDS_MARK("It is written onto the stick"),
                                         [LOAD_CHECKS] = WORDS_MARK("It is read back and compared"),
                                         [LOAD_NOTES] =
                                             WORDS_MARK("It is noted that it was taken out")};
    if (load->stand == LOAD_CLOSING)
        return WORDS_MARK("The stick is let go");
    if (load->work == LOAD_READS)
        return WORDS_MARK("The list is read");
    if (load->work == LOAD_TAKES)
        return WORDS_MARK("The list is taken in");
    return stages[load->stage];
}

/* "16 GB", "512 MB" */
static void write_size(const struct sheet *sheet, int64_t bytes, char *out_text, size_t size)
{
    if (bytes < (int64_t)GB)
        words_format(out_text, size, sheet_say(sheet, "%d MB"), (int)((double)bytes / MB));
    else
        words_format(out_text, size, sheet_say(sheet, "%d GB"), (int)((double)bytes / GB + 0.5));
}

const char *stick_space(const struct sheet *sheet, const struct stick_info *info,
                        char out_text[STICK_SPACE_BYTES])
{
    char whole[24], left[24], space[60];
    write_size(sheet, info->size_bytes, whole, sizeof whole);
    if (info->free_bytes >= 0) {
        write_size(sheet, info->free_bytes, left, sizeof left);
        words_format(space, sizeof space, sheet_say(sheet, "%s, of which %s free"), whole, left);
    } else {
        snprintf(space, sizeof space, "%s", whole);
    }
    snprintf(out_text, STICK_SPACE_BYTES, "%s%s%s", space, info->label[0] ? " · " : "",
             info->label);
    return out_text;
}
