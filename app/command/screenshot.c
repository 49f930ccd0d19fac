#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/command/talk.h"
#include "app/exchange/outfile.h"

/* An older picture of that name stays until the new one is whole. */
static enum rc keep(int picture, const char *path, struct reason *out_reason)
{
    char folder[PATH_MAX], name[PATH_MAX], bytes[16384];
    struct outfile *file;
    snprintf(folder, sizeof folder, "%s", path);
    snprintf(name, sizeof name, "%s", path);
    enum rc rc = outfile_create(dirname(folder), basename(name), &file, out_reason);
    if (rc)
        return rc;
    ssize_t count = 0;
    for (off_t at = 0; !rc && (count = pread(picture, bytes, sizeof bytes, at)) > 0; at += count)
        rc = outfile_write(file, bytes, (size_t)count);
    return outfile_commit(file, out_reason);
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *path = NULL;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL}, {NULL, NULL, NULL}};
    if (!command_options(&command_screenshot, argc, argv, options, &path, 1, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    json_t *reply;
    if (count != 1) {
        reason_set(&reason, "which file? For example: perron screenshot now.png");
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    int picture = memfd_create("picture", MFD_CLOEXEC);
    if (picture < 0) {
        reason_set(&reason, "there is no memory for a picture");
        return command_fail(&reason);
    }
    enum rc rc = talk_to_station(command_data(data), json_pack("{s:s}", "do", "screenshot"),
                                 picture, &reply, &reason);
    if (!rc) {
        json_decref(reply);
        rc = keep(picture, path, &reason);
    }
    close(picture);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_screenshot = {"screenshot", "[--data DIR] FILE.png",
                                           "writes the picture a running station shows as PNG",
                                           run};
