#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/command/talk.h"

static int run(int argc, char **argv)
{
    const char *data = NULL, *path = NULL;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL}, {NULL, NULL, NULL}};
    if (!command_options(&command_screenshot, argc, argv, options, &path, 1, &count, &code))
        return code;
    struct reason reason = {""};
    json_t *reply;
    if (count != 1) {
        reason_set(&reason, "where to? For example: perron screenshot now.png");
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        reason_set(&reason, "%s cannot be written: %s", path, strerror(errno));
        return command_fail(&reason);
    }
    enum rc rc = talk_to_station(command_data(data), json_pack("{s:s}", "do", "screenshot"), fd,
                                 &reply, &reason);
    close(fd);
    if (rc) {
        unlink(path);
        return command_fail(&reason);
    }
    json_decref(reply);
    return COMMAND_OK;
}

const struct command command_screenshot = {"screenshot", "[--data DIR] FILE.png",
                                           "writes the picture a running station shows as PNG",
                                           run};
