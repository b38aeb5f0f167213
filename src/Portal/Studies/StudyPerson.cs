using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>One of the patients that a study's images name; the spellings of one are together.</summary>
/// <param name="Names">Its spellings; the first stands for all.</param>
/// <param name="Images">How many received images name it.</param>
internal sealed record StudyPerson(IReadOnlyList<StudyPatient> Names, int Images)
{
    public StudyPatient Patient => Names[0];

    /// <summary>Those of a study with its series and instances, in an order of their own; one where all images agree.</summary>
    public static IReadOnlyList<StudyPerson> Of(Study study)
    {
        var images = study.Series.Where(s => s.Origin == SeriesOrigin.Received).SelectMany(s => s.Instances)
            .ToLookup(i => i.StudyPatientId);
        return [.. Group(study.Patients).Select(names => new StudyPerson(names, names.Sum(name => images[name.Id].Count())))];
    }

    public static IReadOnlyList<IReadOnlyList<StudyPatient>> Group(IEnumerable<StudyPatient> patients)
    {
        var persons = new List<List<StudyPatient>>();
        foreach (var name in patients.OrderByDescending(p => p.IssuerOfPatientId.Length > 0).ThenByDescending(p => p.PatientName.Length > 0)
            .ThenBy(p => p.Id))
        {
            if (persons.Find(person => person.TrueForAll(other => !other.Identity.DiffersFrom(name.Identity))) is { } person)
                person.Add(name);
            else
                persons.Add([name]);
        }
        return persons;
    }
}
