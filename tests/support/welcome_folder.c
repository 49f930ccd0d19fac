#include "tests/support/welcome_folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/give_up.h"

#define PATH_SIZE 400

static const char welcome[] = "[step language]\n[step hello]\n[step who]\n[step why]\n"
                              "[step missions]\n"
                              "[likes cook]\nfr = Cuisiner\nnl = Koken\nen = Cooking\n"
                              "[skills tools]\nfr = Bricoler\nnl = Klussen\nen = Tools\n";
static const char missions[] = "[mission door]\nfr = Accueil\nnl = Onthaal\nen = Door\n"
                               "likes = cook\nskills = tools\n";

static FILE *open_file(const struct welcome_folder *folder, const char *name, const char *how)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, how);
    if (!file)
        give_up("welcome_folder", "%s cannot be opened", path);
    return file;
}

void welcome_folder_write(const struct welcome_folder *folder, const char *name, const char *bytes,
                          size_t length)
{
    FILE *file = open_file(folder, name, "w");
    if (fwrite(bytes, 1, length, file) != length)
        give_up("welcome_folder", "%s cannot be written", name);
    fclose(file);
}

void welcome_folder_append(const struct welcome_folder *folder, const char *name, const char *text)
{
    FILE *file = open_file(folder, name, "a");
    fputs(text, file);
    fclose(file);
}

void welcome_folder_take(const struct welcome_folder *folder, const char *name)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    if (remove(path))
        give_up("welcome_folder", "%s cannot be removed", path);
}

void welcome_folder_text(const struct welcome_folder *folder, const char *what,
                         enum language language, const char *text)
{
    char name[80];
    snprintf(name, sizeof name, "%s.%s.txt", what, language_code(language));
    welcome_folder_write(folder, name, text, strlen(text));
}

size_t welcome_folder_read(const struct welcome_folder *folder, const char *name, char *out_bytes,
                           size_t size)
{
    FILE *file = open_file(folder, name, "r");
    size_t length = fread(out_bytes, 1, size, file);
    fclose(file);
    return length;
}

void welcome_folder_make(struct welcome_folder *folder)
{
    strcpy(folder->data, "/tmp/perron-welcome-XXXXXX");
    if (!mkdtemp(folder->data))
        give_up("welcome_folder", "no folder could be made in /tmp");
    snprintf(folder->path, sizeof folder->path, "%s/welcome", folder->data);
    if (mkdir(folder->path, 0755))
        give_up("welcome_folder", "%s cannot be made", folder->path);
    welcome_folder_write(folder, "welcome.conf", welcome, strlen(welcome));
    welcome_folder_write(folder, "missions.conf", missions, strlen(missions));
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        welcome_folder_text(folder, "hello", (enum language)language, "# Titre\n\nDes mots.\n");
        welcome_folder_text(folder, "mission-door", (enum language)language,
                            "# Titre\n\nDes mots.\n");
    }
}

static void empty(const char *path)
{
    char file[PATH_SIZE];
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        remove(file);
    }
    if (dir)
        closedir(dir);
}

void welcome_folder_remove(struct welcome_folder *folder)
{
    empty(folder->path);
    rmdir(folder->path);
    empty(folder->data);
    rmdir(folder->data);
}
