using System.CommandLine;
using P25.Deploys;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 secrets init</c>: makes the Secrets that a contour needs.</summary>
internal static class SecretsCommand
{
    public static Command Create(CommonOptions common) =>
        new CommandWithExamples("secrets", "The Secrets that a contour needs.", "p25 secrets init stage --dry-run") { Init(common) };

    private static CommandWithExamples Init(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var from = new Option<string[]>("--from") { Description = "SECRET/KEY=FILE: take a value from a file. May be given several times.", DefaultValueFactory = _ => [] };
        var command = new CommandWithExamples("init", """
            Make the Secrets that contours.yaml lists for a contour, and keys of them, that are not there yet. Passwords are made here; what only
            you can know is read from files or asked for. Values go to the cluster through standard input alone.
            """, """
            p25 secrets init stage
            p25 secrets init prod --from pcbench-database/password=/run/secrets/pg --from pcbench-s3/secretKey=/run/secrets/s3
            p25 secrets init prod --dry-run
            """)
        {
            contour, from,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var made = await new SecretMaker(session, where).RunAsync(FilesOf(parsed.GetRequiredValue(from)), cancel);
            session.Say(made.Count == 0 ? $"All Secrets of {where.Name} are there." : $"{(session.DryRun ? "Would make" : "Made")} {string.Join(", ", made)} in {where.Namespace}.");
            CommonOptions.Answer(session, made, P25Json.Readable.IReadOnlyListString, made);
            return P25ExitCodes.Ok;
        });
        return command;
    }

    private static Dictionary<string, string> FilesOf(string[] given)
    {
        var files = new Dictionary<string, string>();
        foreach (var one in given)
        {
            if (one.Split('=', 2) is not [var key, var file] || !key.Contains('/', StringComparison.Ordinal))
                throw new P25Exception(P25ExitCodes.Usage, "--from is SECRET/KEY=FILE.", "For example: --from pcbench-database/password=/run/secrets/pg");
            files[key] = File.Exists(file) ? file : throw new P25Exception(P25ExitCodes.Usage, $"There is no file '{file}'.", $"It is to hold {key}.");
        }

        return files;
    }
}
