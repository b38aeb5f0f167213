using System.Globalization;

using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;
using Gateway.Imaging.Files;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.Workshop.Phantom;

namespace Gateway.Portal.Tests;

/// <summary>Rows and objects of the learning loop as archive, trainer and registry leave them.</summary>
internal sealed class LearningSample
{
    private static readonly Lazy<IReadOnlyList<byte[]>> Heads = new(
        () => [.. Enumerable.Range(0, 6).Select(seed => Head(seed, ct: seed % 2 == 1))]);
    private static int _count;

    public List<ArchiveSample> Samples { get; } = [];
    public required Manifest Manifest { get; init; }

    /// <summary>Running, done, failed.</summary>
    public List<TrainingJob> Jobs { get; } = [];

    /// <summary>Of t2-ct: retired, champion, shadow, candidate, rejected; and the champion of ct-t2.</summary>
    public List<Model> Models { get; } = [];

    /// <summary>The address of every page that shows some of it.</summary>
    public IEnumerable<string> Paths =>
    [
        "archive", $"archive/manifests/{Manifest.Digest}", "training", .. Jobs.Select(job => $"training/{job.Id}"),
        "models", .. Models.Select(model => $"models/{model.Digest}"), $"models/compare?a={Models[1].Digest}&b={Models[4].Digest}",
    ];

    /// <summary>All of it, stored.</summary>
    /// <param name="host">Where.</param>
    /// <param name="peer">What peers and people wrote.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="points">How many points each job has.</param>
    public static async Task<LearningSample> FillAsync(PortalHost host, string peer = "SCANNER", int samples = 12, int points = 20)
    {
        var all = new LearningSample
        {
            Manifest = new() { Digest = NewDigest(), Pair = "t2-ct", CreatedAt = Sample.Noon, Samples = samples, Subjects = samples / 2 },
        };
        for (var n = 0; n < samples; n++)
            all.Samples.Add(await ArchivedAsync(host.Objects, n, peer));
        all.Manifest.Listed.AddRange(all.Samples.Select(sample => Listed(all.Manifest, sample)));
        await host.AddAsync([all.Manifest, .. all.Samples]);

        await all.AddModelsAsync(host, peer);
        foreach (var state in (TrainingJobState[])[TrainingJobState.Running, TrainingJobState.Done, TrainingJobState.Failed])
            all.Jobs.Add(Job(state, peer, all.Manifest, points));
        all.Models.Insert(4, await all.RejectedAsync(host.Objects, peer));
        all.Jobs[2].Reasons.Add(ReasonCode.Find("head-cut-off")!.Because(peer));
        await host.AddAsync(
            [.. all.Jobs, .. all.Jobs.SelectMany(job => Points(
                job, points)), .. await SheetsAsync(host.Objects, all.Jobs[0]), all.Models[4]]);
        return all;
    }

    public static string NewDigest() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref _count))));

    public static Model Model(ModelState state, string direction = "t2-ct", string? parent = null, string name = "cyclegan-brain") => new()
    {
        Digest = NewDigest(),
        Direction = direction,
        Name = name,
        Version = string.Create(CultureInfo.InvariantCulture, $"1.{_count}"),
        State = state,
        ParentDigest = parent,
        CreatedAt = Sample.Noon.AddHours(_count),
    };

    public static TrainingJob Job(TrainingJobState state, string by = "Dr. Who", Manifest? manifest = null, int points = 20) => new()
    {
        Id = Sample.NewId(),
        Pair = "t2-ct",
        State = state,
        Trigger = state == TrainingJobState.Done ? TrainingTrigger.NewSubjects : TrainingTrigger.Person,
        By = by,
        CreatedAt = Sample.Noon,
        StartedAt = Sample.Noon.AddMinutes(1),
        EndedAt = state is TrainingJobState.Done or TrainingJobState.Failed ? Sample.Noon.AddHours(5) : null,
        RecipeName = "fine-tune",
        Recipe = """{"Direction":"t2-ct","StepsAdversarial":4000,"GeneratorRate":0.0001}""",
        ManifestDigest = manifest?.Digest,
        Step = 10 * points,
        StepsTotal = 4000,
        Phase = state == TrainingJobState.Running ? "training" : "",
        Holder = state == TrainingJobState.Running ? "trainer-1" : null,
        LeasedUntil = state == TrainingJobState.Running ? Sample.Noon.AddHours(6) : null,
        Fence = 2,
        CheckpointSha256 = NewDigest(),
        CheckpointStep = 10 * points - 20,
    };

    public static IEnumerable<TrainingPoint> Points(TrainingJob job, int count, int from = 1) => Enumerable.Range(from, count).Select(n =>
    {
        var (falling, noise) = (Math.Exp(-n / 60.0), 0.02 * Math.Sin(n * 12.9898) * Math.Cos(n * 78.233));
        return new TrainingPoint
        {
            JobId = job.Id,
            Step = 10 * n,
            At = Sample.Noon.AddMinutes(n),
            SecondsPerStep = 2.1 + noise,
            Losses = new()
            {
                ["cycle.ct"] = 0.08 + 0.4 * falling + noise, ["cycle.t2"] = 0.11 + 0.5 * falling + noise, ["adv.ct"] = 0.4 + noise,
                ["adv.t2"] = 0.35 - noise,
                ["mind.ct"] = 0.02 + 0.1 * falling, ["mind.t2"] = 0.03 + 0.1 * falling, ["d.ct"] = 0.2 + noise, ["d.t2"] = 0.22 - noise,
                ["accuracy.ct"] = 0.71 + 4 * noise, ["accuracy.t2"] = 0.66 - 4 * noise,
            },
        };
    });

    private async Task AddModelsAsync(PortalHost host, string peer)
    {
        var first = Model(ModelState.Retired, name: peer);
        var champion = Model(ModelState.Champion, parent: first.Digest);
        var (shadow, candidate) = (Model(ModelState.Shadow, parent: champion.Digest), Model(ModelState.Candidate, parent: champion.Digest));
        Models.AddRange([first, champion, shadow, candidate, Model(ModelState.Champion, "ct-t2")]);
        foreach (var model in Models)
            model.Acts.Add(ModelRegistry.Act(model.Digest, ModelActKind.Imported, peer, peer, Sample.Noon));
        first.Acts.Add(ModelRegistry.Act(first.Digest, ModelActKind.Activated, peer, peer, Sample.Noon));
        champion.Acts.Add(ModelRegistry.Act(champion.Digest, ModelActKind.Activated, peer, peer, Sample.Noon.AddHours(1)));
        await host.AddAsync(Models);
        var live = Sample.Study();
        for (var n = 0; n < 4; n++)
            Sample.Series(live, SeriesState.Translated);
        await host.AddAsync(live);
        await host.AddAsync(await ShadowedAsync(host.Objects, live, shadow.Digest, champion.Digest, peer));
        var study = await Sample.TranslatedAsync(host.Objects);
        study.Series[1].ModelDigest = champion.Digest;
        await host.AddAsync(study);
    }

    private static async Task<List<ShadowResult>> ShadowedAsync(
        IObjectStore objects, Study live, string shadow, string champion, string peer)
    {
        var sheet = await objects.PutAsync(HeadPictures.Create()["synthetic"]);
        return
        [
            .. live.Series.Select((series, n) => new ShadowResult
            {
                SeriesId = series.Id, Revision = 1, Digest = shadow, ChampionDigest = champion, At = Sample.Noon.AddMinutes(n),
                SheetSha256 = n == 0 ? null : sheet,
                Measures = new() { ["cycleError.shadow"] = 0.1 + n, ["cycleError.champion"] = 0.2, ["seconds.shadow"] = 1, [peer] = 1 },
            }),
        ];
    }

    private async Task<Model> RejectedAsync(IObjectStore objects, string peer)
    {
        var digest = NewDigest();
        var rejected = new Model
        {
            Digest = digest,
            Direction = "t2-ct",
            Name = "cyclegan-brain",
            Version = "2.0",
            State = ModelState.Rejected,
            ParentDigest = Models[1].Digest,
            JobId = Jobs[1].Id,
            ManifestDigest = Manifest.Digest,
            Recipe = Jobs[1].Recipe,
            ReportSha256 = await objects.PutAsync(System.Text.Encoding.UTF8.GetBytes(Trial(digest, Models[1].Digest, peer).ToJson())),
            SheetSha256 = await objects.PutAsync(HeadPictures.Create()["sheet"]),
            CreatedAt = Sample.Noon.AddDays(2),
        };
        rejected.Reasons.Add(ReasonCode.Find("head-cut-off")!.Because(peer));
        rejected.Acts.Add(ModelRegistry.Act(rejected.Digest, ModelActKind.Rejected, "gates", peer, Sample.Noon.AddDays(2)));
        return rejected;
    }

    /// <summary>A report whose second gate says no.</summary>
    public static TrialReport Trial(string digest, string champion, string text)
    {
        var reason = ReasonCode.ModelWorse.Because(text);
        TrialGate[] gates =
        [
            new()
            {
                Name = "retrieval", Set = "test subjects", Passed = true, Limit = "at least 0.9", Candidate = 0.97, Low = 0.94, High = 1,
                Champion = 0.96, Text = text,
            },
            new()
            {
                Name = "error", Set = "test subjects", Passed = false, Limit = "not worse by more than 3 %", Candidate = 98.2, Low = 91,
                High = 105, Champion = 84.1, Worse = 14.1, WorseLow = 9.2, WorseHigh = 18.7, Reason = reason,
            },
            new() { Name = "discriminator", Set = "model file", Candidate = 0.71 },
        ];
        return new()
        {
            Pair = "t2-ct",
            At = Sample.Noon,
            Seconds = 312,
            Seed = 7,
            TestSetDigest = NewDigest(),
            Slices = [new("test subjects", "t2", 14, 42)],
            Notes = [text],
            Directions =
            [
                new()
                {
                    Direction = "t2-ct", Candidate = new(digest, "cyclegan-brain", "2.0"),
                    Champion = new(champion, "cyclegan-brain", "1.0"), Reasons = [reason], Gates = gates,
                    Methods = [new("test subjects", "candidate", new Dictionary<string, double> { ["error"] = 98.2 }), new(
                        "test subjects", "constant mean", new Dictionary<string, double> { ["error"] = 140 })],
                },
            ],
        };
    }

    private static async Task<ArchiveSample> ArchivedAsync(IObjectStore objects, int n, string callingAe) => new()
    {
        Id = Sample.NewId(),
        Revision = 1,
        Modality = n % 2 == 0 ? "t2" : "ct",
        GreyLow = 0,
        GreyHigh = 1,
        RowSpacing = 0.5,
        ColumnSpacing = 0.5,
        SliceDistance = 5,
        Slices = 3,
        Centre = 1,
        Registration = RegistrationKind.Deformable,
        Subject = string.Create(CultureInfo.InvariantCulture, $"pseudonym-{n / 2}"),
        SubjectOfAnyIssuer = string.Create(CultureInfo.InvariantCulture, $"pseudonym-any-{n / 2}"),
        KeyId = "key",
        Split = (ArchiveSplit)((n / 2 % 10) switch { < 7 => 0, 7 => 1, _ => 2 }),
        CallingAe = n % 5 == 4 ? "" : callingAe,
        Vendor = n % 3 == 0 ? ScannerVendor.Siemens : ScannerVendor.UnitedImaging,
        EnteredOn = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero).AddDays(n),
        Sha256 = await objects.PutAsync(Heads.Value[n % 6]),
    };

    /// <summary>A sample as a manifest lists it; under a digest that the archive does not hold, unless one is given.</summary>
    public static ManifestSample Listed(Manifest manifest, ArchiveSample sample, string? sha256 = null) => new()
    {
        ManifestDigest = manifest.Digest,
        Sha256 = sha256 ?? NewDigest(),
        Modality = sample.Modality,
        Split = sample.Split,
        Subject = sample.Subject,
        SubjectOfAnyIssuer = sample.SubjectOfAnyIssuer,
        CallingAe = sample.CallingAe,
        Vendor = sample.Vendor,
    };

    private static async Task<List<TrainingSheet>> SheetsAsync(IObjectStore objects, TrainingJob job)
    {
        var sheets = new List<TrainingSheet>();
        foreach (var (step, kind) in ((int, string)[])[(300, "source"), (600, "synthetic"), (900, "cycle")])
            sheets.Add(
                new() { JobId = job.Id, Step = step, At = Sample.Noon, Sha256 = await objects.PutAsync(HeadPictures.Create()[kind]) });
        return sheets;
    }

    /// <summary>A phantom head as a sample's object: three slices of 256 x 256.</summary>
    private static byte[] Head(int seed, bool ct)
    {
        var phantom = HeadPhantom.Sample(new() { Seed = (ulong)seed });
        var slices = Enumerable.Range(-1, 3).Select(z => phantom.RenderSlice(5 * z))
            .Select(slice => ct ? slice.CtPicture() : slice.T2Picture()).ToList();
        var box = new AffineTransform3D(new(1, 0, 0), new(0, 1, 0), new(0, 0, 5), default);
        var pixels = slices.SelectMany(slice => slice.Pixels.Select(grey => grey / 127.5f - 1)).ToArray();
        return NiftiFile.Encode(
            new(slices[0].Width, slices[0].Height, 3, box, pixels), new() { Number = NiftiNumber.Int16, Slope = 1.0 / short.MaxValue });
    }
}
