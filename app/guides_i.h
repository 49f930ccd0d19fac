/*
 * guides_i.h - what guides.c and its parts share: one folder while it is read.
 */
#ifndef APP_GUIDES_I_H
#define APP_GUIDES_I_H

#include "app/guides.h"
#include "firmware/base/settings.h"

struct guides_reading {
    const char *folder;
    const struct circle_list *circles;
    struct guide *guide;
    struct problems *problems;
};

/* As guides_read, whatever is wrong: then *out_guide has what was right. */
enum rc guides_read_anyway(const char *folder, const char *otherwise,
                           const struct circle_list *circles, struct guide **out_guide,
                           struct problems *problems) MUST_CHECK;

/* welcome.conf, and what can be said of it once all of it was read. */
void guides_read_welcome(struct guides_reading *reading);

/* missions.conf; after welcome.conf, whose tiles it names. */
void guides_read_missions(struct guides_reading *reading);

/* All the texts that steps and missions have. */
void guides_read_texts(struct guides_reading *reading);
void guides_free_texts(struct guide *guide);

/* Reads settings of the folder as far as they can be; RC_NOT_FOUND: there is no such file. */
enum rc guides_read_settings(const struct guides_reading *reading, const char *name,
                             struct settings_file file) MUST_CHECK;

/* Is it one of a tile, a mission or a link? With the sentence why not. */
enum rc guides_take_key(const char *key, char out_key[GUIDE_KEY_BYTES],
                        struct reason *out_reason) MUST_CHECK;

/* For rows of settings: words into `offset` and `size` of the member; none are a mistake. */
enum rc guides_take_words(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason) MUST_CHECK;

/* fr, nl and en of a member of that type, each needed. */
#define GUIDES_NAME(key_, type_, language_)                                                        \
    {                                                                                              \
        .key = (key_), .type = SETTINGS_CUSTOM, .read = guides_take_words,                         \
        .offset = offsetof(type_, names) + (language_)*GUIDE_NAME_BYTES, .size = GUIDE_NAME_BYTES, \
        .is_required = true                                                                        \
    }
#define GUIDES_NAMES(type_)                                                                        \
    GUIDES_NAME("fr", type_, LANGUAGE_FR), GUIDES_NAME("nl", type_, LANGUAGE_NL),                  \
        GUIDES_NAME("en", type_, LANGUAGE_EN)

#endif
