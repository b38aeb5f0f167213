using System.Diagnostics;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>
/// Images of two patients under the same UIDs, in every order that chance finds: new ones, copies, all once more; before, between and after
/// the work on them and a person's choices. Nothing that is made, sent or published may join one's name with the other's images.
/// </summary>
public sealed class PatientOrderTests
{
    private const int Orders = 40;
    private const int Events = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Theory, EachDatabase]
    public async Task No_order_joins_one_patients_name_with_the_others_images(DatabaseProvider provider)
    {
        await using var world = await World.CreateAsync(provider, destinations: 1);
        var (clock, seed) = (Stopwatch.StartNew(), 0);
        for (; seed < Orders && clock.Elapsed < Longest; seed++)
            await RunAsync(world, new(seed) { IsCalm = true });
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed} orders in {clock.Elapsed.TotalSeconds:0} s");
    }

    private static async Task RunAsync(World world, Chance chance)
    {
        var (told, scan) = (new List<string>(), await world.BeginAsync(chance));
        for (var step = 0; step < Events; step++)
        {
            told.Add(await StepAsync(world, scan, chance));
            Check(world, (await world.LookAsync(scan)).Joins(), chance, told);
        }

        await world.SettleAsync(scan);
        while ((await world.LookAsync(scan)).Study is { PatientConflict: true } study)
        {
            await world.ChoosePatientAsync(study.Id, study.Patients[chance.Next(study.Patients.Count)].Id);
            await world.SettleAsync(scan);
        }
        var end = await world.LookAsync(scan);
        Check(world, end.Wrongs(destinations: 1).Concat(end.Joins()), chance, told);
    }

    private static async Task<string> StepAsync(World world, Scan scan, Chance chance)
    {
        var (what, patient, number) = (chance.Next(5), chance.Next(2), chance.Next(Scan.Images + 4));
        switch (what)
        {
            case 0:
                await world.SettleAsync(scan);
                return "all work done";
            case 1 when (await world.LookAsync(scan)).Study is { Patients.Count: > 1 } study:
                await world.ChoosePatientAsync(study.Id, study.Patients[chance.Next(2)].Id);
                return "a patient chosen";
            case 2:
                for (number = 0; number < Scan.Images; number++)
                    await world.StoreAsync(scan, number, patient);
                return $"all of {Scan.Patients[patient]}";
            default:
                await world.StoreAsync(scan, number, patient);
                return $"image {number} of {Scan.Patients[patient]}";
        }
    }

    private static void Check(World world, IEnumerable<string> wrongs, Chance chance, List<string> told)
    {
        var all = wrongs.Concat(world.Wrongs).ToList();
        Assert.True(all.Count == 0, $"Seed {chance.Seed}: {string.Join("; ", all)}\n{string.Join('\n', told)}");
    }
}
