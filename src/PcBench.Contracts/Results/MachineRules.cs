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
            if (!rules.NotNull($"machine.disks[{i}]", machine.Disks[i]))
                continue;
            rules.Text($"machine.disks[{i}].model", machine.Disks[i].Model);
            rules.Range($"machine.disks[{i}].sizeGib", machine.Disks[i].SizeGib, 0, 1 << 24);
        }

        rules.Count("machine.gpus", machine.Gpus, 32);
        for (var i = 0; i < Math.Min(machine.Gpus.Count, 32); i++)
        {
            if (!rules.NotNull($"machine.gpus[{i}]", machine.Gpus[i]))
                continue;
            rules.Text($"machine.gpus[{i}].vendor", machine.Gpus[i].Vendor);
            rules.Text($"machine.gpus[{i}].model", machine.Gpus[i].Model, required: true);
            rules.Text($"machine.gpus[{i}].driver", machine.Gpus[i].Driver);
            rules.Range($"machine.gpus[{i}].memoryMib", machine.Gpus[i].MemoryMib, 1, 1 << 24);
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
        rules.Require(cpu.Threads >= cpu.Cores && cpu.Cores >= cpu.Sockets, "machine.cpu.threads", cpu.Threads,
            $"There are {cpu.Sockets} sockets and {cpu.Cores} cores.", "Give at least as many cores as sockets, and threads as cores.");
        rules.Range("machine.cpu.performanceCores", cpu.PerformanceCores, 0, cpu.Cores);
        rules.Range("machine.cpu.efficiencyCores", cpu.EfficiencyCores, 0, cpu.Cores);
        rules.Range("machine.cpu.baseMhz", cpu.BaseMhz, 100, 10_000);
        rules.Range("machine.cpu.measuredMhz", cpu.MeasuredMhz, 100, 10_000);
        rules.Count("machine.cpu.caches", cpu.Caches, 16);
        for (var i = 0; i < Math.Min(cpu.Caches.Count, 16); i++)
        {
            if (!rules.NotNull($"machine.cpu.caches[{i}]", cpu.Caches[i]))
                continue;
            rules.Range($"machine.cpu.caches[{i}].level", cpu.Caches[i].Level, 1, 4);
            rules.Range($"machine.cpu.caches[{i}].sizeKib", cpu.Caches[i].SizeKib, 1, 1 << 24);
            rules.Range($"machine.cpu.caches[{i}].count", cpu.Caches[i].Count, 1, MaxThreads);
        }

        rules.Count("machine.cpu.instructionSets", cpu.InstructionSets, 64);
        for (var i = 0; i < Math.Min(cpu.InstructionSets.Count, 64); i++)
            rules.Text($"machine.cpu.instructionSets[{i}]", cpu.InstructionSets[i], required: true);
    }

    private static void CheckMemory(Rules rules, MemoryInfo memory)
    {
        rules.Range("machine.memory.totalMib", memory.TotalMib, 64, 1 << 30);
        rules.Text("machine.memory.type", memory.Type);
        rules.Range("machine.memory.speedMts", memory.SpeedMts, 50, 50_000);
        rules.Count("machine.memory.modules", memory.Modules, 128);
        for (var i = 0; i < Math.Min(memory.Modules.Count, 128); i++)
        {
            if (!rules.NotNull($"machine.memory.modules[{i}]", memory.Modules[i]))
                continue;
            rules.Range($"machine.memory.modules[{i}].sizeMib", memory.Modules[i].SizeMib, 1, 1 << 24);
            rules.Text($"machine.memory.modules[{i}].type", memory.Modules[i].Type);
            rules.Range($"machine.memory.modules[{i}].speedMts", memory.Modules[i].SpeedMts, 50, 50_000);
            rules.Text($"machine.memory.modules[{i}].manufacturer", memory.Modules[i].Manufacturer);
            rules.Text($"machine.memory.modules[{i}].partNumber", memory.Modules[i].PartNumber);
        }
    }
}
