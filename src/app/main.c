/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/entry.h"

int main(int argc, char **argv)
{
	return entry_run(argc, argv);
}
