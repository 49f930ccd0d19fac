/*
 * open_command_i.h - what open.c (files) and open_command_folder.c (whole exports) share. Nobody
 * else includes it.
 */
#ifndef APP_COMMAND_OPEN_COMMAND_I_H
#define APP_COMMAND_OPEN_COMMAND_I_H

#include "app/command/command.h"
#include "app/exchange/unseal.h"

struct opening {
    struct seal_secret key;
    const char *to;
    json_t *opened, *failed; /* NULL: it is said as text */
    bool has_opened, has_failed;
};

void open_command_say_failed(struct opening *opening, const char *name, const char *why);

/* `path` as `name` in the folder; false where it failed, which is said. */
bool open_command_file(struct opening *opening, const char *path, const char *folder,
                       const char *name);

/* All of an export's folder, into one of the same name in opening->to. */
void open_command_folder(struct opening *opening, const char *path);

#endif
