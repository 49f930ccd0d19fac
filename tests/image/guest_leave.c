/* What is left of a guest after a failure (guest.h). */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tests/image/guest_i.h"
#include "tests/image/guest_screen.h"

#define STEP_MAX 60

/* Of a step's name what is fit for a file's. */
static void tidy(const char *step, char *out_name)
{
    size_t used = 0;
    for (; *step && used < STEP_MAX; step++) {
        if (isalnum((unsigned char)*step))
            out_name[used++] = *step;
        else if (used && out_name[used - 1] != '-')
            out_name[used++] = '-';
    }
    out_name[used] = 0;
}

/* The screen as it is now, or else the file of the last look. */
static void leave_screen(struct guest *guest, const char *path)
{
    struct picture picture;
    struct reason ignored;
    bool is_seen = guest_is_running(guest) && !guest_screen_look(guest, &picture, &ignored);
    if (!is_seen && picture_read(guest_path(guest, "screen.png"), &picture))
        return;
    if (picture_write(&picture, path))
        fprintf(stderr, "%s cannot be written\n", path);
    picture_close(&picture);
}

static void leave_line(struct console *console, const char *path)
{
    if (console && console_save(console, path))
        fprintf(stderr, "%s cannot be written\n", path);
}

void guest_leave(struct guest *guest, const char *step)
{
    char name[STEP_MAX + 1], path[GUEST_PATH_MAX], what[STEP_MAX + 32];
    tidy(step, name);
    snprintf(what, sizeof what, "failed-%s.png", name);
    snprintf(path, sizeof path, "%s", guest_path(guest, what));
    if (guest->width)
        leave_screen(guest, path);
    snprintf(what, sizeof what, "failed-%s-console.log", name);
    leave_line(guest->console, guest_path(guest, what));
    snprintf(what, sizeof what, "failed-%s-shell.log", name);
    leave_line(guest->shell, guest_path(guest, what));
}
