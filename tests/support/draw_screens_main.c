/*
 * draw-screens - draws every situation of the gallery, to look at: two sizes, three languages, and
 * the evening in the first of them. Also the golden pictures (tests/support/golden.h).
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/contact_sheet.h"
#include "tests/support/golden.h"

#define SIZES_MAX 8
#define PICTURES_MAX 4000
#define PATH_SIZE 512

/* The usual screens, and others there are; the longer side of any other is taken for 155 mm. */
#define USUAL_SIZES 2
static const struct screen known[] = {
    {800, 480, 154, 86, 0},  {720, 1280, 87, 155, 0},  {1024, 600, 154, 86, 0},
    {1280, 720, 155, 87, 0}, {1280, 800, 217, 136, 0},
};

struct drawing {
    const char *folder, *sheet, *only;
    bool is_golden, is_golden_more;
    struct screen sizes[SIZES_MAX];
    int size_count;
    const char *mode_name; /* NULL: the day, and the evening in one language */
    struct theme_mode mode;
    struct contact_picture pictures[PICTURES_MAX];
    int picture_count;
};

static void usage(FILE *out)
{
    fputs(
        "usage: draw-screens FOLDER [--contact FILE] [--only NAME] [--size WxH]... [--mode M]\n"
        "       draw-screens --golden|--golden-more [FOLDER]\n\n"
        "Draws every situation of tests/support/gallery.c into the folder.\n\n"
        "  --contact FILE  all of them on one picture besides\n"
        "  --only NAME     this situation alone\n"
        "  --size WxH      on a screen of that many pixels, instead of 800x480 and 720x1280\n"
        "  --mode M        large, contrast, mirrored or still, instead of the day and the evening\n"
        "  --golden        the small pictures of tests/app/ui/golden, all of them anew\n"
        "  --golden-more   adds a picture of each screen that looks like none of its own\n",
        out);
}

/* --- what is asked --- */

static bool read_size(const char *text, struct screen *out_screen)
{
    int width, height;
    char end;
    if (sscanf(text, "%dx%d%c", &width, &height, &end) != 2 || width < 100 || height < 100 ||
        width > 4096 || height > 4096)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].width_px == width && known[i].height_px == height) {
            *out_screen = known[i];
            return true;
        }
    int longer = width > height ? width : height;
    *out_screen = (struct screen){width, height, 155 * width / longer, 155 * height / longer, 0};
    return true;
}

static bool read_mode(const char *name, struct drawing *drawing)
{
    struct theme_mode *mode = &drawing->mode;
    const struct {
        const char *name;
        bool *is_on;
    } modes[] = {{"large", &mode->is_large},
                 {"contrast", &mode->is_contrast},
                 {"mirrored", &mode->is_mirrored},
                 {"still", &mode->is_still}};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(modes[i].name, name) == 0) {
            drawing->mode_name = modes[i].name;
            return *modes[i].is_on = true;
        }
    return false;
}

static bool read_options(int argc, char **argv, struct drawing *drawing)
{
    static const struct option options[] = {
        {"contact", required_argument, NULL, 'c'}, {"only", required_argument, NULL, 'o'},
        {"size", required_argument, NULL, 's'},    {"mode", required_argument, NULL, 'w'},
        {"golden", no_argument, NULL, 'g'},        {"golden-more", no_argument, NULL, 'm'},
        {"help", no_argument, NULL, 'h'},          {0}};
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'c': drawing->sheet = optarg; break;
        case 'o': drawing->only = optarg; break;
        case 'g': drawing->is_golden = true; break;
        case 'm': drawing->is_golden_more = true; break;
        case 's':
            if (drawing->size_count == SIZES_MAX ||
                !read_size(optarg, &drawing->sizes[drawing->size_count++]))
                return false;
            break;
        case 'w':
            if (!read_mode(optarg, drawing))
                return false;
            break;
        case 'h': usage(stdout); exit(0);
        default: return false;
        }
    }
    drawing->folder = optind < argc ? argv[optind] : NULL;
    if (!drawing->folder && (drawing->is_golden || drawing->is_golden_more))
        drawing->folder = GOLDEN_FOLDER;
    if (!drawing->size_count) {
        memcpy(drawing->sizes, known, USUAL_SIZES * sizeof known[0]);
        drawing->size_count = USUAL_SIZES;
    }
    return drawing->folder && argc - optind <= 1;
}

/* --- drawing --- */

static bool keep(struct drawing *drawing, const struct gallery_row *row,
                 const struct gallery_shot *shot)
{
    char caption[128], path[PATH_SIZE];
    struct picture picture = gallery_picture(row, shot);
    snprintf(caption, sizeof caption, "%s-%dx%d-%s%s%s", row->name, shot->screen.width_px,
             shot->screen.height_px, language_code(shot->language),
             shot->mode.is_evening ? "-evening"
             : drawing->mode_name  ? "-"
                                   : "",
             drawing->mode_name ? drawing->mode_name : "");
    snprintf(path, sizeof path, "%s/%s.png", drawing->folder, caption);
    enum rc rc = picture_write(&picture, path);
    picture_close(&picture);
    if (rc)
        fprintf(stderr, "draw-screens: %s cannot be written: %s\n", path, rc_text(rc));
    if (drawing->picture_count < PICTURES_MAX)
        drawing->pictures[drawing->picture_count++] =
            (struct contact_picture){strdup(path), strdup(caption)};
    return rc == RC_OK;
}

static bool draw_row(struct drawing *drawing, const struct gallery_row *row)
{
    bool is_well = true;
    for (int size = 0; size < drawing->size_count; size++) {
        struct gallery_shot shot;
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            shot = gallery_usual_shot(&drawing->sizes[size], (enum language)language);
            if (drawing->mode_name)
                shot.mode = drawing->mode;
            is_well &= keep(drawing, row, &shot);
        }
        if (drawing->mode_name)
            continue;
        shot = gallery_usual_shot(&drawing->sizes[size], LANGUAGE_FR);
        shot.mode.is_evening = true;
        is_well &= keep(drawing, row, &shot);
    }
    return is_well;
}

static bool draw_sheet(const struct drawing *drawing)
{
    struct reason reason = {.text = ""};
    int per_row = drawing->size_count * (LANGUAGE_COUNT + !drawing->mode_name);
    if (contact_sheet_write("Perron " PERRON_VERSION, drawing->pictures, drawing->picture_count,
                            per_row, drawing->sheet, &reason) == RC_OK)
        return true;
    fprintf(stderr, "draw-screens: %s\n", reason.text);
    return false;
}

static bool draw_all(struct drawing *drawing)
{
    bool is_well = true;
    mkdir(drawing->folder, 0777);
    for (int i = 0; i < gallery_row_count; i++)
        if (!drawing->only || strcmp(gallery_rows[i].name, drawing->only) == 0)
            is_well &= draw_row(drawing, &gallery_rows[i]);
    return is_well && (!drawing->sheet || draw_sheet(drawing));
}

int main(int argc, char **argv)
{
    static struct drawing drawing;
    if (!read_options(argc, argv, &drawing)) {
        usage(stderr);
        return 2;
    }
    gallery_init();
    if (drawing.only && !gallery_find(drawing.only)) {
        fprintf(stderr, "draw-screens: tests/support/gallery.c has no \"%s\"\n", drawing.only);
        return 2;
    }
    if (drawing.is_golden)
        return golden_renew(drawing.folder) ? 0 : 1;
    if (drawing.is_golden_more)
        return golden_add_missing(drawing.folder) ? 0 : 1;
    return draw_all(&drawing) ? 0 : 1;
}
