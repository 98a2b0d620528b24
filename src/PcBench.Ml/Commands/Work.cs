using Microsoft.Extensions.Options;
using PcBench.Ml.Registry;
using PcBench.Ml.Tables;
using PcBench.Platform.Blobs;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary>What the commands share: the registry, a model by name, and errors in words.</summary>
internal static class Work
{
    /// <summary>Does something with the registry, without serving, and explains what goes wrong. SIGTERM and Ctrl+C cancel it.</summary>
    /// <returns>An exit code.</returns>
    public static async Task<int> WithRegistryAsync(Output output, Func<ModelRegistry, CancellationToken, Task<int>> work, CancellationToken cancel)
    {
        try
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = ["--Logging:LogLevel:Default=Warning"] });
            builder.Services.AddRegistry();
            using var host = builder.Build();
            await host.StartAsync(cancel);
            using var told = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            var exitCode = await work(host.Services.GetRequiredService<ModelRegistry>(), told.Token);
            await host.StopAsync(cancel);
            return exitCode;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var failure in invalid.Failures)
                output.Error(failure);
            return ExitCodes.Usage;
        }
        catch (Exception wrong) when (wrong is TableException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            output.Error(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (NoSuchModelException missing)
        {
            output.Error(missing.Message);
            return ExitCodes.NotFound;
        }
        catch (RefusedModelException refused)
        {
            output.Error(refused.Message);
            return ExitCodes.Refused;
        }
        catch (OperationCanceledException)
        {
            output.Error("Stopped. Nothing was stored.");
            return ExitCodes.Cancelled;
        }
        catch (Exception away) when (BlobOutage.Is(away))
        {
            output.Error($"The object store cannot be reached ({away.Message}).", "Check Blobs:S3 and that the store is up.");
            return ExitCodes.Unreachable;
        }
    }

    /// <summary>A model by the path of its file or folder, by its version, or the active one.</summary>
    public static async Task<LoadedModel?> ModelAsync(ModelRegistry registry, string? named, Output output, CancellationToken cancel)
    {
        if (named is not null && Directory.Exists(named))
            named = Path.Combine(named, "model.bin");
        if (named is not null && File.Exists(named))
            return await ActiveModel.FromFileAsync(named, cancel);
        var version = named ?? (await registry.ActiveAsync(cancel))?.Version;
        if (version is not null)
            return new LoadedModel(version, await registry.LoadAsync(version, cancel));
        output.Error("No model is active.", "Train one with 'ml train --data FOLDER', or name a model's file with --model.");
        return null;
    }

    /// <summary>The tables that a path names: a file, or those of a folder.</summary>
    /// <exception cref="IOException">There are none.</exception>
    public static IReadOnlyList<string> Tables(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => File.Exists(path) ? [path]
            : Directory.Exists(path) ? Machines.FilesOf(path) is { Count: > 0 } files ? files : throw new IOException($"{path} holds no table of machines: no .csv with a column 'cpu_model_name' or 'cpu_name'.")
            : throw new IOException($"{path} does not exist. Give a CSV file or a folder of them."))];
}
