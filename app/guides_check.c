#include "app/guides_check.h"

#include "app/guides_i.h"
#include "app/ui/reading.h"

#define SCREENS 2

static const struct {
    const char *name;
    struct screen screen;
} smallest[SCREENS] = {
    {SAID("the screen of 7 inches"), {800, 480, 154, 86, 0}},
    {SAID("the upright screen of 7 inches"), {720, 1280, 87, 155, 0}},
};

struct fitting {
    const char *folder;
    struct problems *problems;
    struct canvas *canvases[SCREENS];
    struct rect boxes[SCREENS];
};

/* --- texts --- */

static void fit_page(const struct fitting *fitting, const char *file, const struct guide_page *page,
                     int number)
{
    for (int i = 0; i < SCREENS; i++)
        if (!reading_fits(fitting->canvases[i], fitting->boxes[i], page->title, page->body)) {
            struct reason why;
            reason_set(&why, SAID("this page does not fit %s; shorten it, or make two of it"),
                       smallest[i].name);
            reason_mark(&why, 0);
            problems_add_reason(fitting->problems, file,
                                guides_page_line(fitting->folder, file, number), &why);
            return;
        }
}

static void fit_text(const struct fitting *fitting, const char *file, const struct guide_text *text)
{
    for (int i = 0; i < text->count; i++)
        fit_page(fitting, file, &text->pages[i], i);
}

static void fit_texts(const struct fitting *fitting, const struct guide *guide)
{
    char file[GUIDES_NAME_BYTES];
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int i = 0; i < guide->row_count; i++) {
            guides_text_name(guide_step_name(guide->rows[i].step), (enum language)language, file);
            fit_text(fitting, file, &guide->rows[i].texts[language]);
        }
        for (int i = 0; i < guide->mission_count; i++) {
            guides_sheet_name(&guide->missions[i], (enum language)language, file);
            fit_text(fitting, file, &guide->missions[i].sheets[language]);
        }
    }
}

/* --- names --- */

/* Something with a name, in a file's section "[word key]". */
struct named {
    const char *file, *word, *key;
    const char (*names)[GUIDE_NAME_BYTES];
    int count, index; /* of the tiles beside it; count 0: a title */
};

static bool has_room(const struct fitting *fitting, const struct named *named, int screen,
                     const char *name)
{
    struct canvas *canvas = fitting->canvases[screen];
    struct rect box = fitting->boxes[screen];
    if (!named->count)
        return reading_fits(canvas, box, name, "");
    return reading_name_fits(canvas, reading_tile(box, named->count, named->index), name);
}

static void fit_name(const struct fitting *fitting, const struct named *named)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int i = 0; i < SCREENS; i++)
            if (!has_room(fitting, named, i, named->names[language])) {
                struct reason why;
                reason_set(&why, SAID("'%s' in [%s %s] does not fit %s; find a shorter word"),
                           language_code((enum language)language), named->word, named->key,
                           smallest[i].name);
                reason_mark(&why, 3);
                problems_add_reason(
                    fitting->problems, named->file,
                    guides_line(fitting->folder, named->file, named->word, named->key), &why);
                break;
            }
}

static void fit_tiles(const struct fitting *fitting, const struct guide *guide)
{
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++) {
        const struct guide_tiles *tiles = &guide->tiles[wish];
        for (int i = 0; i < tiles->count && wish != GUIDE_AVOIDS; i++)
            fit_name(fitting,
                     &(struct named){GUIDES_FILE, guide_wish_name((enum guide_wish)wish),
                                     tiles->rows[i].key, tiles->rows[i].names, tiles->count, i});
    }
}

static void fit_names(const struct fitting *fitting, const struct guide *guide)
{
    fit_tiles(fitting, guide);
    for (int i = 0; i < guide->link_count; i++)
        fit_name(fitting, &(struct named){GUIDES_FILE, "link", guide->links[i].key,
                                          guide->links[i].names, guide->link_count, i});
    for (int i = 0; i < guide->mission_count; i++)
        fit_name(fitting, &(struct named){GUIDES_MISSIONS_FILE, "mission", guide->missions[i].key,
                                          guide->missions[i].names, 0, 0});
}

static enum rc fit(const struct guide *guide, const char *folder, struct problems *problems)
{
    struct fitting fitting = {.folder = folder, .problems = problems};
    enum rc rc = RC_OK;
    for (int i = 0; i < SCREENS && !rc; i++) {
        fitting.boxes[i] = reading_box(screen_area(&smallest[i].screen), false);
        rc = canvas_open(&smallest[i].screen, &fitting.canvases[i]);
    }
    if (!rc) {
        fit_texts(&fitting, guide);
        fit_names(&fitting, guide);
    }
    for (int i = 0; i < SCREENS; i++)
        canvas_close(fitting.canvases[i]);
    return rc;
}

static int count_all(const struct problems *problems)
{
    return problems->count + problems->beyond;
}

enum rc guides_check(const char *folder, const struct circle_list *circles,
                     struct guide **out_guide, struct problems *wrong, struct problems *tight)
{
    int wrong_before = count_all(wrong), tight_before = count_all(tight);
    struct guide *guide = NULL;
    enum rc rc = guides_read_anyway(folder, NULL, circles, &guide, wrong);
    if (!rc)
        rc = fit(guide, folder, tight);
    if (!rc && (count_all(wrong) > wrong_before || count_all(tight) > tight_before))
        rc = RC_BAD_INPUT;
    if (rc)
        guides_free(guide);
    else
        *out_guide = guide;
    return rc;
}
