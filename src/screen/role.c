/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/role.h"

#include "screen/setting.h"

static const char *const names[ROLE_COUNT] = {
	[ROLE_DEFAULT] = "default",
	[ROLE_MUTED] = "muted",
	[ROLE_LABEL] = "label",
	[ROLE_VALUE] = "value",
	[ROLE_TITLE] = "title",
	[ROLE_BORDER] = "border",
	[ROLE_ADDRESS] = "address",
	[ROLE_HEADER] = "header",
	[ROLE_LIVE] = "live",
	[ROLE_PAUSED] = "paused",
	[ROLE_WARNING] = "warning",
	[ROLE_DANGER] = "danger",
	[ROLE_BANNER] = "banner",
	[ROLE_MESSAGE] = "message",
	[ROLE_KEY] = "key",
	[ROLE_KEY_HELP] = "key-help",
	[ROLE_CURSOR] = "cursor",
	[ROLE_MARKER] = "marker",
	[ROLE_SCROLL] = "scroll",
	[ROLE_FOLD] = "fold",
	[ROLE_MATCH] = "match",
	[ROLE_CHART] = "chart",
	[ROLE_CHART_AXIS] = "chart-axis",
	[ROLE_GREW] = "grew",
	[ROLE_APPEARED] = "appeared",
	[ROLE_SHRANK] = "shrank",
	[ROLE_PROTECTED] = "protected",
	[ROLE_GHOST] = "ghost",
	[ROLE_RESIDENT] = "resident",
	[ROLE_PARTLY] = "partly",
	[ROLE_SWAPPED] = "swapped",
	[ROLE_ABSENT] = "absent",
	[ROLE_READ_ONLY] = "read-only",
	[ROLE_WRITABLE] = "writable",
	[ROLE_EXECUTABLE] = "executable",
	[ROLE_WRITABLE_EXECUTABLE] = "writable-executable",
	[ROLE_NO_ACCESS] = "no-access",
	[ROLE_UNCHANGED] = "unchanged",
	[ROLE_PRIVATE] = "private",
	[ROLE_PRIVATE_FILE] = "private-file",
	[ROLE_SHARED] = "shared",
	[ROLE_SITE_A] = "site-a",
	[ROLE_SITE_B] = "site-b",
	[ROLE_SITE_C] = "site-c",
	[ROLE_SITE_D] = "site-d",
	[ROLE_SITE_E] = "site-e",
	[ROLE_SITE_OTHER] = "site-other",
	[ROLE_KIND_TEXT] = "kind-text",
	[ROLE_KIND_RODATA] = "kind-rodata",
	[ROLE_KIND_RELRO] = "kind-relro",
	[ROLE_KIND_DATA] = "kind-data",
	[ROLE_KIND_BSS] = "kind-bss",
	[ROLE_KIND_HEAP] = "kind-heap",
	[ROLE_KIND_ARENA] = "kind-arena",
	[ROLE_KIND_STACK] = "kind-stack",
	[ROLE_KIND_THREAD_STACK] = "kind-thread-stack",
	[ROLE_KIND_GUARD] = "kind-guard",
	[ROLE_KIND_RESERVE] = "kind-reserve",
	[ROLE_KIND_ANON] = "kind-anon",
	[ROLE_KIND_JIT] = "kind-jit",
	[ROLE_KIND_FILE] = "kind-file",
	[ROLE_KIND_SHARED] = "kind-shared",
	[ROLE_KIND_DEVICE] = "kind-device",
	[ROLE_KIND_VDSO] = "kind-vdso",
	[ROLE_KIND_VVAR] = "kind-vvar",
	[ROLE_KIND_VSYSCALL] = "kind-vsyscall",
	[ROLE_KIND_GAP] = "kind-gap",
};

const char *role_name(enum role role)
{
	return names[role];
}

enum role role_find(const char *name, size_t length)
{
	return (enum role)setting_find((struct setting_word){name, length}, names, ROLE_COUNT);
}
