# A software bill of materials (CycloneDX 1.5) from what the build knows for certain: PROGRAM.deps.json of a published program, or
# project.assets.json of a page. The same input gives the same output.

def of_program: .libraries | to_entries[] | select(.value.type != "project") | .key | ltrimstr("runtimepack.");

# Of a page: packages that bring code into it, and the runtime that publishing adds.
def of_page:
  ([.targets[] | to_entries[] | select(.value.type == "package" and ((.value.runtime // {}) | keys | any(endswith("_._") | not))) | .key]
   + [.project.frameworks[].downloadDependencies[]? | select(.name | endswith("browser-wasm")) | "\(.name)/\(.version | ltrimstr("[") | split(",")[0])"])[];

{
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: { type: "container", name: $name, version: $version } },
  components: [[if .libraries and .runtimeTarget then of_program else of_page end] | unique[] | split("/") as [$package, $number]
    | { type: "library", "bom-ref": "pkg:nuget/\($package)@\($number)", name: $package, version: $number, purl: "pkg:nuget/\($package)@\($number)" }]
}
