using PcBench.Bench;

if (args is not ["growth"])
{
    Console.Error.WriteLine("usage: bench/run growth");
    return 2;
}

Console.WriteLine($"growth ratio {await Growth.RunAsync():F2}");
return 0;
