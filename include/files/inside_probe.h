/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_INSIDE_PROBE_H
#define FILES_INSIDE_PROBE_H

/*
 * A look into the ELF object behind a mapping, or into what a runtime says of the code there that
 * it made (files/perf_map_probe.h): what is inside it (inside/inside_object.h), and
 * where it was loaded. The file is looked at as files/mapped_open.h says.
 */

struct inside_finding;
struct inside_question;
struct procfs_options;

/*
 * Looks. Waits as long as the file system does. Returns 0 and fills *ret_finding; -ENOENT when the
 * mapping has no file, or no way leads to it; -ENOEXEC when it is not an ELF object; or another
 * -errno of opening or reading.
 */
int inside_probe(const struct procfs_options *options, const struct inside_question *question,
		 struct inside_finding *ret_finding);

#endif
