#!/bin/bash
# Build a Debian package of the extension: build/postgresql-NN-finsent_VERSION_ARCH.deb.
#
# usage: src/tools/deb.sh
#
# The package holds what make install installs, and depends on the server that
# it was built against and on the libraries that the module is linked to.
# Installed with apt-get install ./build/postgresql-...deb; then
# CREATE EXTENSION finsent in a database.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/tools/env.sh
command -v dpkg-deb >/dev/null || { say "make deb needs dpkg-deb (package dpkg)"; exit 1; }
umask 022

version=$(sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" finsent.control)
arch=$(dpkg --print-architecture)
package=postgresql-$PG_MAJOR-finsent
root=build/deb/$package
rm -rf "$root"
mkdir -p "$root/DEBIAN"
"$MAKE" -s --no-print-directory install PG_CONFIG="$PG_CONFIG" DESTDIR="$PWD/$root" >build/deb/install.log 2>&1 || {
	cat build/deb/install.log >&2
	exit 1
}

# Installed under the docs of the server by make install; a package has a place of its own.
docs=$root/usr/share/doc/$package
rm -rf "$root/usr/share/doc"
mkdir -p "$docs"
install -m 644 README.md NOTICE docs/*.md "$docs"
install -m 644 LICENSE "$docs/copyright"
gzip -9nc CHANGELOG.md >"$docs/changelog.gz"
module=$(find "$root" -name finsent.so)
strip --strip-unneeded "$module"

# The packages whose libraries the module needs.
libraries=$(ldd "$module" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | xargs -n1 realpath | while read -r file; do
	dpkg -S "$file" "${file#/usr}" 2>/dev/null | cut -d: -f1 | head -1 || true
done | grep -E '^(libicu|libc6)' | sort -u)
depends=postgresql-$PG_MAJOR
for library in $libraries; do
	depends+=", $library"
	# Symbols of the C library are versioned: not older than the one built against.
	[ "$library" != libc6 ] || depends+=" (>= $(objdump -T "$module" | sed -n 's/.*(\?GLIBC_\([0-9.]*\))\? .*/\1/p' | sort -V | tail -1))"
done
cat >"$root/DEBIAN/control" <<END
Package: $package
Version: $version-1
Section: database
Priority: optional
Architecture: $arch
Depends: $depends
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Maintainer: $(sed -n 's/.*"maintainer": "\([^"]*\)".*/\1/p' META.json) <finsent@localhost>
Description: $(sed -n 's/.*"abstract": "\([^"]*\)",.*/\1/p' META.json | head -1)
 finsent scores financial news inside PostgreSQL, finds the companies that it is
 about and the sentiment toward each, and reads out metrics, risks and horizons.
 Plain C and ICU: no network, no model server, the same answer every time.
END
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
dpkg-deb --root-owner-group --build "$root" "build/${package}_$version-1_$arch.deb" >/dev/null
echo "build/${package}_$version-1_$arch.deb"
