import svg

conf = {"image_scrapers": (svg.scraper,)}
