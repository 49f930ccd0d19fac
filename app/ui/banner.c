#include "app/ui/banner.h"

#include <stdio.h>

#include "app/ui/mistakes.h"
#include "app/ui/scene.h"
#include "app/ui/strip.h"
#include "app/ui/words.h"

static bool is_carried(const struct load *load)
{
    return load->work > LOAD_LOOKS;
}

bool banner_is_needed(const struct load *load)
{
    return load->stand != LOAD_AWAY || is_carried(load) || load->end == LOAD_CUT;
}

/* What it says: whole, in the place of a title, and in large letters there. */
struct words {
    const char *texts[3];
    bool calls_staff; /* to do something */
};

#define TEXTS 3

static const struct words *words_of(const struct load *load)
{
    static const struct words cut = {{WORDS_MARK("The USB stick was pulled out too soon."),
                                      WORDS_MARK("Stick pulled out too soon"),
                                      WORDS_MARK("USB: too soon")},
                                     true};
    static const struct words closing = {{WORDS_MARK("One moment: leave the USB stick in."),
                                          WORDS_MARK("Leave the stick in"),
                                          WORDS_MARK("USB: wait")},
                                         false};
    static const struct words failed = {{WORDS_MARK("It did not work with the USB stick."),
                                         WORDS_MARK("USB stick: it failed"),
                                         WORDS_MARK("USB: failed")},
                                        true};
    static const struct words loose = {{WORDS_MARK("You may pull the USB stick out."),
                                        WORDS_MARK("Pull the stick out"), WORDS_MARK("USB: done")},
                                       false};
    static const struct words there = {{WORDS_MARK("A USB stick is plugged in."),
                                        WORDS_MARK("USB stick plugged in"),
                                        WORDS_MARK("USB stick")},
                                       true};
    if (load->stand == LOAD_AWAY)
        return &cut;
    if (load->stand == LOAD_CLOSING)
        return &closing;
    if (load->end == LOAD_FAILED)
        return &failed;
    return load->stand == LOAD_LOOSE ? &loose : &there;
}

static void write_texts(const struct sheet *sheet, char out_texts[][STRIP_TEXT_BYTES])
{
    const struct load *load = sheet->model->load;
    const struct words *words = words_of(load);
    if (is_carried(load)) {
        words_format(out_texts[0], STRIP_TEXT_BYTES,
                     sheet_say(sheet, "The USB stick is busy: %d%%. Leave it in."), load->percent);
        words_format(out_texts[1], STRIP_TEXT_BYTES, sheet_say(sheet, "USB stick: %d%%"),
                     load->percent);
        words_format(out_texts[2], STRIP_TEXT_BYTES, sheet_say(sheet, "%d%%"), load->percent);
        return;
    }
    for (int i = 0; i < TEXTS; i++)
        snprintf(out_texts[i], STRIP_TEXT_BYTES, "%s", sheet_say(sheet, words->texts[i]));
    if (words->calls_staff && !sheet->scene->is_staff)
        snprintf(out_texts[0], STRIP_TEXT_BYTES, "%s %s", sheet_say(sheet, words->texts[0]),
                 sheet_say(sheet, "Staff: Help → Staff"));
}

bool banner_draw(struct sheet *sheet, struct rect box)
{
    struct strip strip = {.name = "banner", .icon = ICON_STICK, .count = TEXTS};
    if (!sheet->model->has_banner || box.h <= 0)
        return false;
    if (!banner_is_needed(sheet->model->load)) {
        mistakes_draw_strip(sheet, box);
        return true;
    }
    if (sheet->scene->is_staff && rights_may(sheet->model->page->rights, RIGHT_EXPORT))
        strip.act = (struct act){.kind = ACT_GO, .to = &scene_stick};
    write_texts(sheet, strip.texts);
    strip_draw(sheet, box, &strip);
    return true;
}
