/* The computer under the station, its system, its board. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "app/diagnostics_i.h"

#define PACKAGES_FILE "/var/lib/dpkg/status"
#define MODEL_FILE "/proc/device-tree/model"
#define SYSTEM_FILE "/etc/os-release"
#define DEBIAN_FILE "/etc/debian_version"

/* The first line of a file, or "not known". */
static void read_first(const char *path, char *out_text, size_t size)
{
    FILE *file = fopen(path, "re");
    if (!file || !fgets(out_text, (int)size, file))
        snprintf(out_text, size, "not known");
    out_text[strcspn(out_text, "\n")] = 0;
    if (file)
        fclose(file);
}

/* --- versions --- */

/* By how the package's name begins: a number behind it is the library's own. */
static const char *const packages[] = {
    "libnfc",   "libsdl2-2.0", "libsqlite3-",   "libcairo2",    "libpango-1.0", "libgpiod",
    "libical3", "libsodium",   "libxlsxwriter", "libespeak-ng", "udisks2",      "fonts-inter",
};

static bool is_wanted(const char *name)
{
    for (size_t i = 0; i < sizeof packages / sizeof packages[0]; i++)
        if (strncmp(name, packages[i], strlen(packages[i])) == 0)
            return !strstr(name, "-dev") && !strstr(name, "-bin");
    return false;
}

/* The system's own list: paragraphs of "Package: ...", "Status: ...", "Version: ...". */
static void write_packages(struct diagnostics_text *text)
{
    char *line = NULL, name[128] = "";
    size_t capacity = 0;
    FILE *file = fopen(PACKAGES_FILE, "re");
    if (!file)
        diagnostics_line(text, "packages", "not known");
    while (file && getline(&line, &capacity, file) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "Package: ", 9) == 0)
            snprintf(name, sizeof name, "%s", line + 9);
        else if (strncmp(line, "Version: ", 9) == 0 && is_wanted(name))
            diagnostics_line(text, name, "%s", line + 9);
    }
    free(line);
    if (file)
        fclose(file);
}

void diagnostics_versions(struct diagnostics_text *text)
{
    struct utsname kernel;
    char line[256];
    diagnostics_head(text, "versions");
    diagnostics_line(text, "perron", PERRON_VERSION);
    if (uname(&kernel) == 0)
        diagnostics_line(text, "kernel", "%s %s %s", kernel.sysname, kernel.release,
                         kernel.machine);
    read_first(SYSTEM_FILE, line, sizeof line);
    diagnostics_line(text, "system", "%s", line);
    read_first(DEBIAN_FILE, line, sizeof line);
    diagnostics_line(text, "debian", "%s", line);
    write_packages(text);
}

/* --- the computer --- */

static void write_number(struct diagnostics_text *text, const char *name, int64_t number,
                         const char *unit)
{
    if (number == MACHINE_NO_NUMBER)
        diagnostics_line(text, name, "not known");
    else
        diagnostics_line(text, name, "%" PRId64 " %s", number, unit);
}

static int64_t megabytes(int64_t bytes)
{
    return bytes == MACHINE_NO_NUMBER ? bytes : bytes >> 20;
}

void diagnostics_machine(struct diagnostics_text *text, const struct machine_health *health)
{
    static const char *const answers[] = {
        [MACHINE_UNKNOWN] = "not known", [MACHINE_NO] = "no", [MACHINE_YES] = "yes"};
    char model[128];
    diagnostics_head(text, "machine");
    read_first(MODEL_FILE, model, sizeof model);
    diagnostics_line(text, "model", "%s", model);
    if (!health)
        return;
    write_number(text, "disk_free", megabytes(health->disk_free_bytes), "MB");
    write_number(text, "disk_total", megabytes(health->disk_total_bytes), "MB");
    write_number(text, "memory_free", megabytes(health->memory_free_bytes), "MB");
    write_number(text, "memory_total", megabytes(health->memory_total_bytes), "MB");
    write_number(text, "temperature", health->temperature_c, "degrees");
    write_number(text, "up", health->uptime_s / 60, "min");
    diagnostics_line(text, "under_voltage", "%s", answers[health->under_voltage]);
    for (int i = 0; i < health->address_count; i++)
        diagnostics_line(text, health->addresses[i].interface, "%s", health->addresses[i].text);
}

void diagnostics_board(struct diagnostics_text *text, const struct board *board)
{
    diagnostics_head(text, "board");
    if (!board) {
        diagnostics_line(text, "board", "not known");
        return;
    }
    diagnostics_line(text, "screen", "%d x %d pixels, %d x %d mm, turned by %d degrees",
                     board->width_px, board->height_px, board->width_mm, board->height_mm,
                     board->rotation);
    diagnostics_line(text, "reader", "%s", board->reader);
    diagnostics_line(text, "pins", "%s", pins_layout_is_empty(&board->pins) ? "none" : "some");
    diagnostics_line(text, "kind", "%s",
                     board->machine == BOARD_THIS_MACHINE ? "this machine" : "simulated");
}
