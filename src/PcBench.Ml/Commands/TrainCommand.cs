using System.CommandLine;
using System.Text;
using System.Text.Json;
using PcBench.Ml.Registry;
using PcBench.Ml.Training;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary><c>ml train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(Output? output = null)
    {
        var data = new Option<string[]>("--data") { Description = "CSV files of machines, or a folder of them. Default: those in the object store, under tables/.", AllowMultipleArgumentsPerToken = true };
        var seed = new Option<int>("--seed") { Description = "Seed of all chance: the same data and seed give the same model.", DefaultValueFactory = _ => 1 };
        var folder = new Option<string?>("--out") { Description = "Also write model.bin, card.json and report.html into this folder." };
        var keep = new Option<bool>("--no-activate") { Description = "Store it, whatever the active one is." };
        var force = new Option<bool>("--activate") { Description = "Activate it even where it is worse than the active one." };
        var fresh = new Option<int?>("--if-new") { Description = "Do nothing unless there are at least so many rows more than the active model was trained on." };
        var json = new Option<bool>("--json") { Description = "Print the model card as JSON." };
        var command = new CommandWithExamples("train", "Train a model, store it, and activate it unless it is worse than the active one.", """
            ml train --data data/
            ml train --data machines.csv passmark_cpus.csv --out model/ --no-activate
            ml train --if-new 200        # for a nightly job: on the tables of the object store
            """) { data, seed, folder, keep, force, fresh, json };
        command.SetAction((parsed, end) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async (registry, cancel) =>
            {
                using var fetched = new TemporaryFolder();
                var files = parsed.GetValue(data) is { Length: > 0 } paths ? Work.Tables(paths) : await registry.FetchTablesAsync(fetched.Path, cancel);
                var active = await registry.ActiveAsync(cancel) is { } activation ? await registry.CardAsync(activation.Version, cancel) : null;
                if (parsed.GetValue(fresh) is { } least && active is not null && files.Sum(file => Tables.Table.Read(file).Rows.Count) - active.Data.Sum(file => file.Rows) is var more && more < least)
                {
                    to.Say($"{more} new rows, fewer than {least}: model {active.Version} stays.");
                    return ExitCodes.Ok;
                }

                // Who is told to stop does not wait for the trees that grow: nothing is stored before all is there.
                var trained = await Task.Run(() => Trainer.Train(files, parsed.GetValue(seed), TimeProvider.System.GetUtcNow(), to.Say, cancel), cancel).WaitAsync(cancel);
                if (trained.File.Metrics.Count == 0)
                {
                    to.Error("There is not enough data for any metric. Nothing was stored.");
                    return ExitCodes.Refused;
                }

                var report = Report.Of(trained);
                await registry.StoreAsync(trained.Bytes, trained.Card, report, cancel);
                if (parsed.GetValue(folder) is { } path)
                    await WriteAsync(path, trained, report, cancel);
                await ActivateAsync(registry, trained.Card, active, parsed.GetValue(keep), parsed.GetValue(force), to, cancel);
                if (parsed.GetValue(json))
                    to.Data(JsonSerializer.Serialize(trained.Card, RegistryJson.Default.ModelCard));
                else
                    to.Data(trained.Card.Version);
                return ExitCodes.Ok;
            }, end);
        });
        return command;
    }

    private static async Task ActivateAsync(ModelRegistry registry, ModelCard card, ModelCard? active, bool keep, bool force, Output to, CancellationToken cancel)
    {
        if (keep)
        {
            to.Say($"Model {card.Version} is stored. 'ml models activate {card.Version}' makes it active.");
        }
        else if (!force && active is not null && active.Version != card.Version && card.IsWorseThan(active))
        {
            to.Say($"Model {card.Version} is stored and not activated: on the families both held out it is worse than {active.Version}. 'ml models activate {card.Version}' makes it active all the same.");
        }
        else
        {
            await registry.ActivateAsync(card.Version, cancel);
            to.Say($"Model {card.Version} is active.");
        }
    }

    private static async Task WriteAsync(string folder, Trained trained, string report, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await PutAsync("model.bin", trained.Bytes);
        await PutAsync("card.json", JsonSerializer.SerializeToUtf8Bytes(trained.Card, RegistryJson.Default.ModelCard));
        await PutAsync("report.html", Encoding.UTF8.GetBytes(report));

        // Whole or not at all: who is told to stop in between leaves no half of a file.
        async Task PutAsync(string name, byte[] content)
        {
            var file = Path.Combine(folder, name);
            await File.WriteAllBytesAsync(file + ".tmp", content, cancel);
            File.Move(file + ".tmp", file, overwrite: true);
        }
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly Lazy<DirectoryInfo> folder = new(() => Directory.CreateTempSubdirectory("pcbench-tables-"));

        public string Path => folder.Value.FullName;

        public void Dispose()
        {
            if (folder.IsValueCreated)
                folder.Value.Delete(recursive: true);
        }
    }
}
