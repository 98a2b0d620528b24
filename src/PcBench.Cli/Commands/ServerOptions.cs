using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using PcBench.Cli.Server;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;

namespace PcBench.Cli.Commands;

/// <summary>Options and arguments that several commands take.</summary>
internal static class ServerOptions
{
    public static Argument<string> Result() => new("result") { Description = "Path of a result, its id, the beginning of its id, or latest." };

    public static Argument<string> ResultOrLatest()
    {
        var result = Result();
        result.DefaultValueFactory = _ => "latest";
        return result;
    }

    public static Option<Uri> Server() => new("--server")
    {
        Description = $"Address of the server. Default: ${ServerCalls.ServerVariable}, or {ServerCalls.DefaultServer}.",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable(ServerCalls.ServerVariable) is { Length: > 0 } server ? server : ServerCalls.DefaultServer),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                return uri;
            result.AddError($"--server '{result.Tokens[0].Value}' is not an address. Give one such as {ServerCalls.DefaultServer}.");
            return null!;
        },
    };

    public static Option<FileInfo> CohortKeyFile() => new Option<FileInfo>("--cohort-key-file")
    {
        Description = $"File whose first line is the key that was given to you, for a server that is not open to everybody. Default: the key itself in ${ServerAddress.CohortVariable}.",
    }.AcceptExistingOnly();

    /// <summary>The server that was asked for. A key is no option of its own: everybody on the machine could read it.</summary>
    public static ServerAddress Address(ParseResult parsed, Option<Uri> server, Option<FileInfo> keyFile)
    {
        var text = parsed.GetValue(keyFile) is { } file ? File.ReadLines(file.FullName).FirstOrDefault() : Environment.GetEnvironmentVariable(ServerAddress.CohortVariable);
        return new ServerAddress(parsed.GetRequiredValue(server), text?.Trim() is { Length: > 0 } key ? key : null);
    }

    public static Option<Visibility> Visibility() => new("--visibility")
    {
        Description = "Who may see it: private (you alone, the default), unlisted (who has the address), public (everybody; what was measured here is ranked too).",
        HelpName = WordsOf<Visibility>("|"),
        CustomParser = Word<Visibility>,
    };

    public static Argument<Visibility> NewVisibility() => new("visibility")
    {
        Description = "Who may see it then.",
        HelpName = WordsOf<Visibility>("|"),
        CustomParser = Word<Visibility>,
    };

    /// <summary>Reads one of the names of an enum, as people write them.</summary>
    public static T Word<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var word = result.Tokens[0].Value;
        if (Enum.GetNames<T>().Contains(word, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(word, ignoreCase: true);
        result.AddError($"'{word}' is none of {WordsOf<T>(", ")}.");
        return default;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the answer as JSON on stdout." };

    /// <summary>The id of a result named by a file, an id or its beginning: a result deleted here may still be on a server.</summary>
    public static string? FindId(CliContext context, string name)
    {
        if (context.Files.Find(name) is not { } path)
            return SignedContent.IsId(name) ? name : null;
        try
        {
            return SignedContent.Of(File.ReadAllBytes(path)).Id;
        }
        catch (JsonException)
        {
            return null; // a file, but no result
        }
    }

    private static string WordsOf<T>(string between)
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>()).ToLowerInvariant();

    /// <summary>Says that there is no such result.</summary>
    public static int NotFound(CliContext context, string name)
    {
        context.Output.Error($"There is no result '{name}' here.", $"Measure with pcbench run, or give a path; results are in {context.Files.Home}.");
        return Shared.ExitCodes.NotFound;
    }
}
