"""Names of months as lists write them, folded, in the languages whose lists we read."""

from ipdesk.base.text import fold

MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            "jan january januar januari janvier enero janeiro gennaio janv ene jän gen"
            " stycznia leden ledna ocak января январь янв tammikuu janeiro",
            "feb february februar februari fevrier febrero fevereiro febbraio fevr fev"
            " lutego unor unora subat февраля февраль фев helmikuu",
            "mar march marz mars marzo marco maerz mrz maart mrt"
            " marca brezen brezna mart марта март мар maaliskuu",
            "apr april avril abril aprile avr abr"
            " kwietnia duben dubna nisan апреля апрель апр huhtikuu",
            "may mai mayo maio maggio mei maj mag maja kveten kvetna mayis mayıs мая май toukokuu",
            "jun june juni juin junio junho giugno giu"
            " czerwca cerven cervna haziran июня июнь июн kesakuu",
            "jul july juli juillet julio julho luglio juil lug"
            " lipca cervenec cervence temmuz июля июль июл heinakuu",
            "aug august aout agosto ago augustus augusti"
            " sierpnia srpen srpna agustos августа август авг elokuu",
            "sep sept september septembre septiembre setembro settembre set"
            " wrzesnia zari eylul сентября сентябрь сен syyskuu",
            "oct october oktober octobre octubre outubro ottobre okt out ott"
            " pazdziernika rijen rijna ekim октября октябрь окт lokakuu",
            "nov november novembre noviembre novembro"
            " listopada listopad listopadu kasim kasım ноября ноябрь ноя marraskuu",
            "dec december dezember decembre diciembre dezembro dicembre dez dic"
            " grudnia prosinec prosince aralik aralık декабря декабрь дек joulukuu",
        ),
        start=1,
    )
    for name in names.split()
}
