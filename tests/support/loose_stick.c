#include "tests/support/loose_stick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/infile.h"
#include "tests/support/build.h"
#include "tests/support/house.h"

void loose_stick_make(struct loose_stick *stick)
{
    snprintf(stick->root, sizeof stick->root, "%s/perron-stick-XXXXXX", build_scratch());
    house_expect(mkdtemp(stick->root) != NULL, "there is no room for a stick");
}

void loose_stick_run(const struct loose_stick *stick, const char *line)
{
    char command[4096];
    snprintf(command, sizeof command, "cd '%s' && { %s\n}", stick->root, line);
    house_expect(system(command) == 0, "on the stick this did not work: %s", line);
}

void loose_stick_remove(struct loose_stick *stick)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", stick->root);
    house_expect(system(command) == 0, "the stick cannot be removed");
}

void loose_stick_put(const struct loose_stick *stick, const char *name, const char *text)
{
    char path[512], line[1024];
    const char *slash = strrchr(name, '/');
    snprintf(path, sizeof path, "%s/%s", stick->root, name);
    if (slash) {
        snprintf(line, sizeof line, "mkdir -p '%.*s'", (int)(slash - name), name);
        loose_stick_run(stick, line);
    }
    FILE *file = fopen(path, "w");
    house_expect(file && fputs(text, file) >= 0 && !fclose(file), "%s cannot be written", path);
}

void loose_stick_take(const struct loose_stick *stick, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", stick->root, name);
    house_expect(remove(path) == 0, "%s cannot be removed", path);
}

char *loose_stick_read(const char *folder, const char *name)
{
    char path[512], *bytes = NULL;
    size_t length;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return infile_read(path, 1 << 20, &bytes, &length, NULL) ? NULL : bytes;
}
