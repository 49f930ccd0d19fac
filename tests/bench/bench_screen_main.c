/*
 * bench-screen - P8: how long one whole screen takes to draw.
 *
 * Every situation of the gallery, by the processor; on a canvas alone, and as the window does it:
 * drawn, copied, presented, without a display. In time of this process and, where others want the
 * processor too, by the clock on the wall. Times are printed beside their bar and judged by whoever
 * reads them: machines are noisy.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/ui/window.h"
#include "tests/support/gallery.h"
#include "tests/support/report.h"
#include "tests/support/sample.h"

#define BAR_MS 8
#define ROUNDS_FULL 200
#define ROUNDS_CI 20
#define SLOWEST 3

static void give_up(const char *sentence)
{
    fprintf(stderr, "bench-screen: %s\n", sentence);
    exit(1);
}

/* A situation with a name, and how long it took. */
struct slow {
    const char *row, *name;
    double p99_ms;
};

struct drawing {
    struct screen screen;
    struct canvas *canvas;
    struct window *window; /* NULL: on the canvas alone */
    struct sample busy, wall;
    struct slow slowest[SLOWEST];
};

static double read_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

/* Draws it once, and says how long the processor was busy with it. */
static double draw_once(struct drawing *drawing, struct stage *stage)
{
    double begun_ms = read_ms(CLOCK_MONOTONIC), begun_busy_ms = read_ms(CLOCK_PROCESS_CPUTIME_ID);
    if (!drawing->window)
        stage_draw(stage, GALLERY_NOW_MS, drawing->canvas);
    else if (window_draw(drawing->window, stage, GALLERY_NOW_MS))
        give_up("the window cannot be drawn to");
    double busy_ms = read_ms(CLOCK_PROCESS_CPUTIME_ID) - begun_busy_ms;
    sample_add(&drawing->busy, busy_ms);
    sample_add(&drawing->wall, read_ms(CLOCK_MONOTONIC) - begun_ms);
    return busy_ms;
}

static void remember_slow(struct drawing *drawing, struct slow slow)
{
    for (int i = 0; i < SLOWEST; i++)
        if (slow.p99_ms > drawing->slowest[i].p99_ms) {
            struct slow pushed = drawing->slowest[i];
            drawing->slowest[i] = slow;
            slow = pushed;
        }
}

static void draw_row(struct drawing *drawing, const struct gallery_row *row,
                     const struct gallery_name *name, int rounds)
{
    struct sample sample = {.count = 0};
    struct gallery_shot shot = gallery_usual_shot(&drawing->screen, LANGUAGE_FR);
    shot.name = name;
    struct stage *stage = gallery_open(row, &shot);
    stage_draw(stage, GALLERY_NOW_MS, drawing->canvas); /* letters are drawn once and kept */
    for (int i = 0; i < rounds; i++)
        sample_add(&sample, draw_once(drawing, stage));
    remember_slow(drawing, (struct slow){row->name, name->first, sample_at(&sample, 0.99)});
    stage_close(stage);
    sample_close(&sample);
}

static void print_slowest(const struct drawing *drawing)
{
    printf("     slowest, p99:");
    for (int i = 0; i < SLOWEST && drawing->slowest[i].row; i++)
        printf("%s %s of \"%s\" %.2f ms", i ? "," : "", drawing->slowest[i].row,
               drawing->slowest[i].name, drawing->slowest[i].p99_ms);
    putchar('\n');
}

static void draw_gallery(struct drawing *drawing, const char *how, int rounds)
{
    char what[96];
    for (int i = 0; i < gallery_row_count; i++) {
        const struct gallery_row *row = &gallery_rows[i];
        report_progress("situations", i, gallery_row_count);
        draw_row(drawing, row, &gallery_names[0], rounds);
        if (row->is_about_people)
            draw_row(drawing, row, &gallery_names[2], rounds);
    }
    report_progress("situations", gallery_row_count, gallery_row_count);
    snprintf(what, sizeof what, "a screen of %d x %d %s", drawing->screen.width_px,
             drawing->screen.height_px, how);
    sample_print(&drawing->busy, "P8", what, 0, BAR_MS);
    sample_print(&drawing->wall, "P8", "  the same by the clock on the wall", 0, BAR_MS);
    print_slowest(drawing);
    sample_close(&drawing->busy);
    sample_close(&drawing->wall);
    memset(drawing->slowest, 0, sizeof drawing->slowest);
}

/* What it costs at least: every pixel once. */
static void fill_screen(struct drawing *drawing, int rounds)
{
    struct sample sample = {.count = 0};
    struct rect area = screen_area(&drawing->screen);
    for (int i = 0; i < rounds; i++) {
        double begun_ms = read_ms(CLOCK_PROCESS_CPUTIME_ID);
        canvas_fill(drawing->canvas, area, i % 2 ? 0xFFFFFF : 0x155C39);
        sample_add(&sample, read_ms(CLOCK_PROCESS_CPUTIME_ID) - begun_ms);
    }
    sample_print(&sample, "P8", "  compared: filled with one colour", 0, 0);
    sample_close(&sample);
}

static void measure_drawing(const struct screen *screen, int rounds)
{
    const struct window_config config = {.title = "Perron", .screen = *screen, .is_headless = true};
    struct drawing drawing = {.screen = *screen};
    struct window *window;
    if (canvas_open(screen, &drawing.canvas))
        give_up("there is no memory for a canvas");
    draw_gallery(&drawing, "on a canvas", rounds);
    fill_screen(&drawing, rounds);
    if (window_open(&config, &window))
        give_up("a window without a display cannot be opened");
    drawing.window = window;
    draw_gallery(&drawing, "in a window", rounds);
    window_close(window);
    canvas_close(drawing.canvas);
}

static void usage(FILE *out)
{
    fputs("usage: bench-screen [--ci] [--rounds N]\n"
          "Measures P8 over N drawings of each situation (200; 20 with --ci).\n",
          out);
}

int main(int argc, char **argv)
{
    static const struct screen sizes[] = {{800, 480, 154, 86, 0}, {1280, 720, 155, 87, 0}};
    int rounds = ROUNDS_FULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--ci") == 0) {
            rounds = ROUNDS_CI;
        } else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc && atoi(argv[i + 1]) > 0) {
            rounds = atoi(argv[++i]);
        } else {
            bool is_help = strcmp(argv[i], "--help") == 0;
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    setlinebuf(stdout);
    gallery_init();
    printf("%ld cores, pictures by the processor, %d situations\n", sysconf(_SC_NPROCESSORS_ONLN),
           gallery_row_count);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        measure_drawing(&sizes[i], rounds);
    return 0;
}
