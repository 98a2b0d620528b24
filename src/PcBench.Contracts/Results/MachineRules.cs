namespace PcBench.Contracts.Results;

/// <summary>The rules on what a machine may say it is.</summary>
internal static class MachineRules
{
    private const int MaxThreads = 4_096;

    public static void Check(Rules rules, MachineInfo machine)
    {
        CheckCpu(rules, machine.Cpu);
        CheckMemory(rules, machine.Memory);
        rules.Count("machine.disks", machine.Disks, 64);
        for (var i = 0; i < Math.Min(machine.Disks.Count, 64); i++)
        {
            var (disk, field) = (machine.Disks[i], new Field("machine.disks", i));
            if (!rules.NotNull(field, disk))
                continue;
            rules.Text(field.Member("model"), disk.Model);
            rules.Range(field.Member("sizeGib"), disk.SizeGib, 0, 1 << 24);
        }

        rules.Count("machine.gpus", machine.Gpus, 32);
        for (var i = 0; i < Math.Min(machine.Gpus.Count, 32); i++)
        {
            var (gpu, field) = (machine.Gpus[i], new Field("machine.gpus", i));
            if (!rules.NotNull(field, gpu))
                continue;
            rules.Text(field.Member("vendor"), gpu.Vendor);
            rules.Text(field.Member("model"), gpu.Model, required: true);
            rules.Text(field.Member("driver"), gpu.Driver);
            rules.Range(field.Member("memoryMib"), gpu.MemoryMib, 1, 1 << 24);
        }

        rules.Text("machine.board.vendor", machine.Board?.Vendor);
        rules.Text("machine.board.model", machine.Board?.Model);
        rules.Text("machine.board.bios", machine.Board?.Bios);
        rules.Text("machine.os.name", machine.Os.Name, required: true);
        rules.Text("machine.os.kernel", machine.Os.Kernel);
        rules.Require(machine.Os.Architecture is "x64" or "arm64", "machine.os.architecture", machine.Os.Architecture,
            "The architecture is not known here.", "Give x64 or arm64.");
        rules.Text("machine.hypervisor", machine.Hypervisor);
    }

    private static void CheckCpu(Rules rules, CpuInfo cpu)
    {
        rules.Text("machine.cpu.vendor", cpu.Vendor, required: true);
        rules.Text("machine.cpu.model", cpu.Model, required: true);
        rules.Text("machine.cpu.microarchitecture", cpu.Microarchitecture);
        rules.Range("machine.cpu.family", cpu.Family, 0, 4_096);
        rules.Range("machine.cpu.modelNumber", cpu.ModelNumber, 0, 65_535);
        rules.Range("machine.cpu.stepping", cpu.Stepping, 0, 255);
        rules.Range("machine.cpu.sockets", cpu.Sockets, 1, 64);
        rules.Range("machine.cpu.cores", cpu.Cores, 1, MaxThreads);
        rules.Range("machine.cpu.threads", cpu.Threads, 1, MaxThreads);
        if (cpu.Threads < cpu.Cores || cpu.Cores < cpu.Sockets)
        {
            rules.Add("machine.cpu.threads", cpu.Threads, $"There are {cpu.Sockets} sockets and {cpu.Cores} cores.",
                "Give at least as many cores as sockets, and threads as cores.");
        }

        rules.Range("machine.cpu.performanceCores", cpu.PerformanceCores, 0, cpu.Cores);
        rules.Range("machine.cpu.efficiencyCores", cpu.EfficiencyCores, 0, cpu.Cores);
        rules.Range("machine.cpu.baseMhz", cpu.BaseMhz, 100, 10_000);
        rules.Range("machine.cpu.measuredMhz", cpu.MeasuredMhz, 100, 10_000);
        rules.Count("machine.cpu.caches", cpu.Caches, 16);
        for (var i = 0; i < Math.Min(cpu.Caches.Count, 16); i++)
        {
            var (cache, field) = (cpu.Caches[i], new Field("machine.cpu.caches", i));
            if (!rules.NotNull(field, cache))
                continue;
            rules.Range(field.Member("level"), cache.Level, 1, 4);
            rules.Range(field.Member("sizeKib"), cache.SizeKib, 1, 1 << 24);
            rules.Range(field.Member("count"), cache.Count, 1, MaxThreads);
        }

        rules.Count("machine.cpu.instructionSets", cpu.InstructionSets, 64);
        for (var i = 0; i < Math.Min(cpu.InstructionSets.Count, 64); i++)
            rules.Text(new Field("machine.cpu.instructionSets", i), cpu.InstructionSets[i], required: true);
    }

    private static void CheckMemory(Rules rules, MemoryInfo memory)
    {
        rules.Range("machine.memory.totalMib", memory.TotalMib, 64, 1 << 30);
        rules.Text("machine.memory.type", memory.Type);
        rules.Range("machine.memory.speedMts", memory.SpeedMts, 50, 50_000);
        rules.Count("machine.memory.modules", memory.Modules, 128);
        for (var i = 0; i < Math.Min(memory.Modules.Count, 128); i++)
        {
            var (module, field) = (memory.Modules[i], new Field("machine.memory.modules", i));
            if (!rules.NotNull(field, module))
                continue;
            rules.Range(field.Member("sizeMib"), module.SizeMib, 1, 1 << 24);
            rules.Text(field.Member("type"), module.Type);
            rules.Range(field.Member("speedMts"), module.SpeedMts, 50, 50_000);
            rules.Text(field.Member("manufacturer"), module.Manufacturer);
            rules.Text(field.Member("partNumber"), module.PartNumber);
        }
    }
}
